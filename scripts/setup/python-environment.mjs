import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { contents, run, SetupError, step, succeeds } from "./step.mjs";

/** The installer, many times faster than pip; where it cannot be had, pip does. */
const UV = "uv==0.13.9";

const VERSION_CHECK = "import sys; sys.exit(0 if sys.version_info >= (3, 9) else 1)";

/**
 * Makes a Python virtual environment from a requirements file.
 *
 * The packages are installed by `uv`, from PyPI if it is not there, else by pip.
 * When they cannot be fetched, an installed Python that has ipykernel is used as it is.
 *
 * @param {string} name - `.venv` or `.venv-peers`, below the clone.
 * @param {string} requirements - Path of the requirements file.
 */
export async function makePythonEnvironment(name, requirements, title) {
  const directory = join(root, name);
  const python = join(directory, "bin", "python");
  await step(
    name.slice(1),
    { title, inputs: [contents(requirements)], done: () => existsSync(python) },
    () => {
      const base = findPython();
      if (succeeds("uv", ["--version"])) {
        run("uv", ["venv", "--quiet", "--allow-existing", "--python", base, directory]);
        run("uv", uvInstall(python, requirements));
        return;
      }
      if (!existsSync(python)) makeVenv(base, directory);
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
      try {
        if (succeeds(python, [...pip, UV])) run(python, ["-m", "uv", ...uvInstall(python, requirements)]);
        else run(python, [...pip, "-r", requirements]);
      } catch (error) {
        useInstalledPackages(base, directory, error);
      }
    },
  );
}

/** Compiled here and now, for what is compiled at the first import delays the first run. */
function uvInstall(python, requirements) {
  return ["pip", "install", "--quiet", "--compile-bytecode", "--python", python, "-r", requirements];
}

/** The first Python of at least 3.9: `NOTEMILL_PYTHON`, or one on the path. */
function findPython() {
  const candidates = [process.env.NOTEMILL_PYTHON, "python3", "python", "/usr/bin/python3"];
  const found = candidates.find((it) => it !== undefined && succeeds(it, ["-c", VERSION_CHECK]));
  if (found !== undefined) return found;
  throw new SetupError(
    "no Python 3.9 or newer was found",
    "install one (Debian: apt-get install python3 python3-venv) or name it in NOTEMILL_PYTHON",
  );
}

function makeVenv(base, directory) {
  if (succeeds(base, ["-c", "import ensurepip, venv"])) {
    run(base, ["-m", "venv", directory]);
    return;
  }
  useInstalledPackages(base, directory, new SetupError(`${base} has no venv module`, ""));
}

/** Falls back to a Python that already has ipykernel, without a network. */
function useInstalledPackages(base, directory, cause) {
  const owner = [base, "/usr/bin/python3"].find((it) => succeeds(it, ["-c", "import ipykernel"]));
  if (owner === undefined) {
    throw new SetupError(
      `no Python environment could be made: ${cause.message}`,
      "check that pip reaches its index, or install ipykernel (Debian: apt-get install python3-venv python3-ipykernel)",
    );
  }
  console.error(`  packages could not be fetched; using the ipykernel of ${owner}`);
  rmSync(directory, { recursive: true, force: true });
  run(owner, ["-m", "venv", "--system-site-packages", "--without-pip", directory]);
}
