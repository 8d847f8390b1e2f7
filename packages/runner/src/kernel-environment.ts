/** Variables that a kernel may see; the rest of the runner's environment is its own business. */
const ALLOWED = new Set([
  "HOME",
  "JAVA_HOME",
  "LANG",
  "LANGUAGE",
  "LD_LIBRARY_PATH",
  "LOGNAME",
  "NOTEMILL_VENV",
  "PATH",
  "R_HOME",
  "SHELL",
  "SPARK_HOME",
  "TMPDIR",
  "TZ",
  "USER",
  "VIRTUAL_ENV",
]);

const ALLOWED_PREFIXES = ["CONDA_", "JUPYTER_", "LC_", "NOTEMILL_SQL_", "PYTHON", "R_LIBS", "XDG_"];

/** The environment of an attempt's kernel: an allowed part of the runner's, which run it is in, and what was given to that. */
export function kernelEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  attempt: { readonly runId: string; readonly number: number; readonly outputs: string },
  {
    server,
    secrets,
    traceparent = null,
  }: {
    /** The server, and a token that is good for this attempt alone. */
    readonly server: { readonly url: string; readonly token: string };
    /** What its parameters refer to, by variable. */
    readonly secrets: Readonly<Record<string, string>>;
    /** The span that it is a part of. Default: none. */
    readonly traceparent?: string | null | undefined;
  },
): Readonly<Record<string, string | undefined>> {
  const allowed = Object.entries(env).filter(
    ([name]) => ALLOWED.has(name) || ALLOWED_PREFIXES.some((prefix) => name.startsWith(prefix)),
  );
  return {
    ...Object.fromEntries(allowed),
    ...secrets,
    NOTEMILL_RUN_ID: attempt.runId,
    NOTEMILL_ATTEMPT: `${attempt.number}`,
    NOTEMILL_OUTPUTS: attempt.outputs,
    NOTEMILL_SERVER: server.url,
    NOTEMILL_TOKEN: server.token,
    ...(traceparent === null ? {} : { TRACEPARENT: traceparent }),
  };
}
