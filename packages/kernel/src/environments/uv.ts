import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { KernelError } from "../kernel-error.ts";

/** Variables of a process. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** Environments in which Python is looked for first, and `uv` last, in order. */
const DEFAULT_ENVIRONMENTS = ["NOTEMILL_VENV", "VIRTUAL_ENV", "CONDA_PREFIX"];

/**
 * Finds `uv`: what `NOTEMILL_UV` names, else on the path, else beside the Python of
 * the default environment.
 *
 * @throws {@link KernelError} `UV_NOT_FOUND`.
 */
function findUv(env: ProcessEnvironment): string {
  const setting = env["NOTEMILL_UV"];
  if (setting !== undefined && setting !== "") {
    if (isExecutable(setting)) return setting;
    throw notFound(`NOTEMILL_UV names "${setting}", which is no program`);
  }
  const places = [...(env["PATH"] ?? "").split(delimiter), ...defaultDirectories(env)];
  const found = places
    .filter((place) => place !== "")
    .map((place) => join(place, "uv"))
    .find(isExecutable);
  if (found !== undefined) return found;
  throw notFound("uv, which makes environments, is neither on the path nor beside the default Python");
}

/** How a call of `uv` ended. */
interface UvResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The end of what it said. */
  readonly stderr: string;
}

/** How much of what `uv` says is kept, in characters. */
const KEPT = 16_384;

/**
 * Runs `uv` to its end. It gets the variables that it needs and no others, and finds the
 * default Python before others.
 *
 * @throws {@link KernelError} `UV_NOT_FOUND` when it cannot be started, and the reason of `signal`.
 */
export async function runUv(
  args: readonly string[],
  options: {
    readonly env: ProcessEnvironment;
    readonly cwd: string;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<UvResult> {
  const { cwd, signal } = options;
  const uv = findUv(options.env);
  const child = spawn(uv, args, { cwd, env: uvEnvironment(options.env), stdio: ["ignore", "pipe", "pipe"] });
  const abort = (): void => void child.kill("SIGKILL");
  if (signal?.aborted === true) abort();
  signal?.addEventListener("abort", abort, { once: true });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = `${stderr}${text}`.slice(-KEPT)));
  const ended = Promise.withResolvers<number | null>();
  child.once("error", (cause) =>
    ended.reject(notFound(`"${uv}" cannot be started: ${cause.message}`, cause)),
  );
  child.once("close", (code) => ended.resolve(code));
  try {
    const exitCode = await ended.promise;
    signal?.throwIfAborted();
    return { exitCode, stdout, stderr };
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** What `uv` is told: where things are, and of its own settings those that are no secrets. */
const NEEDED = new RegExp(
  `^(?:PATH|HOME|USER|LANG|LC_\\w+|TMPDIR|TEMP|TMP|XDG_\\w+|VIRTUAL_ENV|CONDA_PREFIX|(?:DY)?LD_LIBRARY_PATH|NETRC|SSL_CERT_\\w+|REQUESTS_CA_BUNDLE|SYSTEMROOT|UV_(?:${[
    "CACHE_DIR|CONFIG_FILE|NO_CONFIG|LINK_MODE|CONCURRENT_\\w+|PYTHON\\w*|MANAGED_PYTHON|NO_MANAGED_PYTHON",
    "DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|INDEX_STRATEGY|KEYRING_PROVIDER",
    "OFFLINE|INSECURE_HOST|NATIVE_TLS|SYSTEM_CERTS|HTTP_\\w+|REQUEST_TIMEOUT",
    "EXCLUDE_NEWER|PRERELEASE|RESOLUTION",
  ].join("|")}))$`,
);

const PROXY = /^(?:https?|all|ftp|no)_proxy$/i;

/** The name and password in a URL. */
const CREDENTIALS = /(?<=:\/\/)[^/?#\s]*@/g;

/**
 * The environment of `uv`. It puts variables with names in capitals into URLs, which notebooks write and
 * the packages that they name, so that whatever it knows by such a name may be sent to anybody: it
 * knows proxies by small names, and indexes without passwords.
 */
export function uvEnvironment(env: ProcessEnvironment): ProcessEnvironment {
  const given = Object.entries(env).filter(([, value]) => value !== undefined);
  const proxies = given.filter(([name]) => PROXY.test(name));
  return {
    ...Object.fromEntries(
      given
        .filter(([name]) => NEEDED.test(name))
        .map(([name, value = ""]) => [name, value.replaceAll(CREDENTIALS, "")]),
    ),
    ...Object.fromEntries(
      // One whose name is small already goes before.
      proxies
        .toSorted(([name]) => (name === name.toLowerCase() ? 1 : -1))
        .map(([name, value]) => [name.toLowerCase(), value]),
    ),
    PATH: [...defaultDirectories(env), env["PATH"] ?? ""].join(delimiter),
    NO_COLOR: "1",
    UV_NO_PROGRESS: "1",
  };
}

function defaultDirectories(env: ProcessEnvironment): readonly string[] {
  return DEFAULT_ENVIRONMENTS.flatMap((name) => {
    const prefix = env[name];
    return prefix === undefined || prefix === "" ? [] : [join(prefix, "bin")];
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function notFound(why: string, cause?: unknown): KernelError {
  return new KernelError(
    "UV_NOT_FOUND",
    `${why}; install it (pip install uv, or from your system's packages), or name it in NOTEMILL_UV`,
    { cause },
  );
}
