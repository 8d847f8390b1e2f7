type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a kernel's process: what the caller gives, what the
 * kernelspec adds, and what ties the kernel to this process.
 *
 * `$NAME` and `${NAME}` in a kernelspec's values stand for variables that are
 * set; a name that is not set stays as it is, and `$$` is a dollar sign, as in
 * `jupyter_client`.
 */
export function kernelEnvironment(given: Environment, added: Environment, kernelId: string): Environment {
  const filled = Object.entries(added).map(([name, value = ""]) => [name, fillIn(value, given)]);
  return {
    ...given,
    ...Object.fromEntries(filled),
    // ipykernel ends itself when this process is no longer its parent.
    JPY_PARENT_PID: String(process.pid),
    // By this the watchdog finds children that have left the process group.
    NOTEMILL_KERNEL_ID: kernelId,
  };
}

function fillIn(text: string, values: Environment): string {
  return text.replace(
    /\$(?:\$|\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
    (found: string, braced: string | undefined, bare: string | undefined) =>
      found === "$$" ? "$" : (values[braced ?? bare ?? ""] ?? found),
  );
}
