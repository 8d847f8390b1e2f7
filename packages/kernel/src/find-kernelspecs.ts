import { access, readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { jupyterDataDirectories } from "./jupyter-data-directories.ts";
import type { Kernelspec } from "./kernelspec.ts";
import { nativeKernelspec } from "./native-kernelspec.ts";
import { isInvalid, readKernelspec } from "./read-kernelspec.ts";
import type { InvalidKernelspec } from "./read-kernelspec.ts";

/** Where to look for kernelspecs. */
export interface FindKernelspecsOptions {
  /** Jupyter data directories that come before all others. Default: none. */
  readonly dataDirs?: readonly string[];
  /** Default: this process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Kernelspecs that need not be installed; an installed one of the same name counts more. Default: none. */
  readonly builtIns?: readonly Kernelspec[];
  /** Told of each kernelspec that cannot be used. */
  readonly onInvalid?: (kernelspec: InvalidKernelspec) => void;
}

/**
 * Finds the installed kernelspecs; where two have one name, the first in the search order counts.
 *
 * Where nothing is called `python3`, a Python environment that has ipykernel stands in for it.
 */
export async function findKernelspecs(options: FindKernelspecsOptions = {}): Promise<readonly Kernelspec[]> {
  const { builtIns = [], dataDirs = [], env = process.env, onInvalid = () => {} } = options;
  const home = env["HOME"] ?? homedir();
  const pythonPrefix = await prefixOfPython(env["PATH"] ?? "");
  const places = { env, home, platform: process.platform, pythonPrefix };
  const directories = [
    ...[...dataDirs, ...jupyterDataDirectories(places)].map((directory) => join(directory, "kernels")),
    join(home, ".ipython", "kernels"),
  ];

  const found = new Map<string, Kernelspec>();
  for (const kernelspecs of await Promise.all(directories.map(readAll))) {
    for (const kernelspec of kernelspecs) {
      if (isInvalid(kernelspec)) onInvalid(kernelspec);
      else if (!found.has(kernelspec.name)) found.set(kernelspec.name, kernelspec);
    }
  }
  if (!found.has("python3")) {
    const native = await nativeKernelspec(pythonEnvironments(env, pythonPrefix));
    if (native) found.set(native.name, native);
  }
  for (const builtIn of builtIns) if (!found.has(builtIn.name)) found.set(builtIn.name, builtIn);
  return [...found.values()];
}

async function readAll(directory: string): Promise<readonly (Kernelspec | InvalidKernelspec)[]> {
  const names = await readdir(directory).catch(() => []);
  const read = await Promise.all(names.sort().map((name) => readKernelspec(join(directory, name), name)));
  return read.filter((kernelspec) => kernelspec !== null);
}

function pythonEnvironments(
  env: Readonly<Record<string, string | undefined>>,
  pythonPrefix: string | null,
): readonly string[] {
  const prefixes = [env["VIRTUAL_ENV"], env["CONDA_PREFIX"], env["NOTEMILL_VENV"], pythonPrefix, "/usr"];
  return prefixes.flatMap((prefix) => (prefix ? [prefix] : []));
}

/** The environment of the `python3` that would run: a virtual one where `pyvenv.cfg` says so. */
async function prefixOfPython(searchPath: string): Promise<string | null> {
  for (const directory of searchPath.split(delimiter)) {
    const python = join(directory, "python3");
    if (directory === "" || !(await exists(python))) continue;
    const prefix = dirname(directory);
    if (await exists(join(prefix, "pyvenv.cfg"))) return prefix;
    return dirname(dirname(await realpath(python)));
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
