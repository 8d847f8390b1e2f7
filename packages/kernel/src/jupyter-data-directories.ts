import { delimiter, join } from "node:path";

/** What decides where Jupyter looks for its data. */
export interface JupyterPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: string;
  /** Prefix of the Python found first on `PATH`; `null` where there is none. */
  readonly pythonPrefix: string | null;
}

/** Where all users of a machine have their data. */
const SYSTEM_DIRECTORIES = ["/usr/local/share/jupyter", "/usr/share/jupyter"];

/**
 * The directories with data for Jupyter, those that count first in front.
 *
 * `JUPYTER_PATH`, then the active environments and the user's own directory,
 * then the machine's. Environments come before the user, unless
 * `JUPYTER_PREFER_ENV_PATH` is `0`, `no` or `false`; a Python that is merely on
 * `PATH` comes behind the user. Jupyter itself runs in one Python environment and
 * means that; a program that is none takes the active ones: `VIRTUAL_ENV`,
 * `CONDA_PREFIX`, and `NOTEMILL_VENV`, the one that Notemill brings along.
 *
 * Source: https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 */
export function jupyterDataDirectories(places: JupyterPlaces): readonly string[] {
  const { env, pythonPrefix } = places;
  const environments = [env["VIRTUAL_ENV"], env["CONDA_PREFIX"], env["NOTEMILL_VENV"]].flatMap(dataOf);
  const user = [userDirectory(places)];
  const own = prefersEnvironments(env) ? [...environments, ...user] : [...user, ...environments];
  const named = (env["JUPYTER_PATH"] ?? "").split(delimiter).filter((path) => path !== "");
  // A system's Python does not change the order of the system's directories.
  const ofPython = dataOf(pythonPrefix ?? undefined).filter((path) => !SYSTEM_DIRECTORIES.includes(path));
  return [...new Set([...named, ...own, ...ofPython, ...SYSTEM_DIRECTORIES])];
}

function dataOf(prefix: string | undefined): readonly string[] {
  return prefix === undefined || prefix === "" ? [] : [join(prefix, "share", "jupyter")];
}

function prefersEnvironments(env: JupyterPlaces["env"]): boolean {
  const answer = (env["JUPYTER_PREFER_ENV_PATH"] ?? "").toLowerCase();
  return !["no", "n", "false", "off", "0", "0.0"].includes(answer);
}

function userDirectory({ env, home, platform }: JupyterPlaces): string {
  const given = env["JUPYTER_DATA_DIR"];
  if (given !== undefined && given !== "") return given;
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  const data = env["XDG_DATA_HOME"];
  return join(data === undefined || data === "" ? join(home, ".local", "share") : data, "jupyter");
}
