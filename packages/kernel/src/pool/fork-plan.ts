import { basename, isAbsolute } from "node:path";

/** The fork server that can serve a kernel's start. */
export interface ForkPlan {
  /** Equal for two starts exactly when one fork server can serve both. */
  readonly key: string;
  /** The interpreter and its own options, without a program. */
  readonly command: readonly string[];
  /** The kernel's arguments, with an empty path in place of its connection file. */
  readonly args: readonly string[];
  /** What the fork server is started with: nothing that belongs to one kernel only. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Plans the fork that can take the place of a cold start, or gives `null` where none can.
 *
 * A fork has the interpreter, the libraries and the modules of its fork server. So
 * every variable that is read before a kernel's own code runs must be the same in
 * both: those of the dynamic linker, the interpreter, the thread pools of numeric
 * libraries, the locale, and the home directory. They make up the key, and the whole
 * environment of the fork server, which therefore holds no secret of any kernel.
 *
 * @param argv - The filled-in command of the kernelspec; it is planned for when it
 * is `python … -m ipykernel_launcher … -f FILE …`.
 * @param startupVariables - Names of further variables that a start reads, by a
 * `sitecustomize` module for example.
 */
export function planFork(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  startupVariables: readonly string[] = [],
): ForkPlan | null {
  const at = argv.indexOf("-m");
  const command = argv.slice(0, at);
  const args = withoutConnectionFile(argv.slice(at + 2));
  if (at < 1 || argv[at + 1] !== "ipykernel_launcher" || !isInterpreter(command) || !args) return null;

  const names = Object.keys(env).filter(
    (name) => READ_AT_START.test(name) || startupVariables.includes(name),
  );
  const startEnv: Record<string, string> = {};
  for (const name of names.toSorted()) {
    const value = env[name];
    if (value !== undefined) startEnv[name] = value;
  }
  // The fork server does not run in the kernel's directory, so it would find something else there.
  const lists = isAbsolute(command[0] ?? "") ? SEARCH_PATHS : [...SEARCH_PATHS, "PATH"];
  if (lists.some((name) => hasRelativeEntry(startEnv[name]))) return null;
  return { key: JSON.stringify([command, args, startEnv]), command, args, env: startEnv };
}

const READ_AT_START = new RegExp(
  `^(${[
    // Dynamic linker and C library.
    "LD_|DYLD_|MALLOC_|GLIBC_|LC_|(LANG|LANGUAGE)$",
    // Interpreter: where it is, its options, and what its site module loads.
    "PYTHON|__PYVENV_|COVERAGE_|COV_|SETUPTOOLS_|(PATH|HOME|USER)$",
    // Thread pools of numeric libraries.
    "OMP_|GOMP_|KMP_|MKL_|OPENBLAS_|GOTO_|BLIS_|VECLIB_|NUMEXPR_",
    // What ipykernel imports.
    "IPYTHON|PYDEVD_|DEBUGPY_|PYZMQ_|ZMQ_|TORNADO_|TRAITLETS_|GEVENT_",
  ].join("|")})`,
);

const SEARCH_PATHS = ["PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "LD_LIBRARY_PATH", "LD_PRELOAD"];

function hasRelativeEntry(list = ""): boolean {
  return list !== "" && list.split(":").some((path) => !isAbsolute(path));
}

function isInterpreter(command: readonly string[]): boolean {
  const [interpreter = ""] = command;
  if (!/^python[\d.]*$/.test(basename(interpreter))) return false;
  return isAbsolute(interpreter) || !interpreter.includes("/");
}

/** Null where the connection file is not the plain argument that it usually is. */
function withoutConnectionFile(args: readonly string[]): readonly string[] | null {
  const at = args.indexOf("-f") + 1;
  const file = args[at];
  if (at === 0 || file === undefined) return null;
  const others = args.toSpliced(at, 1, "");
  return others.some((arg) => arg.includes(file)) ? null : others;
}
