type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a forked kernel: the one asked for, with the changes that an
 * interpreter makes to it while it starts, such as `LC_CTYPE` in the C locale.
 *
 * @param given - What the fork server was started with.
 * @param found - What it had after its start.
 */
export function forkEnvironment(
  requested: Environment,
  given: Environment,
  found: Environment,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(requested)) {
    if (value !== undefined) env[name] = value;
  }
  for (const [name, value] of Object.entries(found)) {
    // A variable that the fork server was not given is one that a start reads only to fill it in.
    const isChanged = given[name] !== value && (name in given || !(name in env));
    if (isChanged && value !== undefined) env[name] = value;
  }
  for (const name of Object.keys(given)) {
    if (!(name in found)) delete env[name];
  }
  return env;
}
