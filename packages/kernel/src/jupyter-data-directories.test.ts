import { describe, expect, it } from "vitest";
import { jupyterDataDirectories } from "./jupyter-data-directories.ts";
import type { JupyterPlaces } from "./jupyter-data-directories.ts";

/** The directories in short: what all machines have is left out, and so is `/share/jupyter` behind a prefix. */
function directories(env: Record<string, string>, places: Partial<JupyterPlaces> = {}): string {
  const all = jupyterDataDirectories({ env, home: "/h", platform: "linux", pythonPrefix: null, ...places });
  expect(all.slice(-2)).toEqual(["/usr/local/share/jupyter", "/usr/share/jupyter"]);
  return all
    .slice(0, -2)
    .map((path) => path.replace(/(?<!local)\/share\/jupyter$/, ""))
    .join(" ");
}

describe("jupyterDataDirectories", () => {
  it.each([
    ["of a bare machine", {}, {}, "/h/.local/share/jupyter"],
    ["of a Mac", {}, { platform: "darwin" }, "/h/Library/Jupyter"],
    ["with XDG_DATA_HOME", { XDG_DATA_HOME: "/x" }, {}, "/x/jupyter"],
    ["with an empty XDG_DATA_HOME", { XDG_DATA_HOME: "" }, {}, "/h/.local/share/jupyter"],
    ["with JUPYTER_DATA_DIR", { JUPYTER_DATA_DIR: "/d", XDG_DATA_HOME: "/x" }, {}, "/d"],
    [
      "with JUPYTER_PATH",
      { JUPYTER_PATH: "/a::/b", VIRTUAL_ENV: "/v" },
      {},
      "/a /b /v /h/.local/share/jupyter",
    ],
    [
      "with environments",
      { VIRTUAL_ENV: "/v", CONDA_PREFIX: "/c", NOTEMILL_VENV: "/n" },
      {},
      "/v /c /n /h/.local/share/jupyter",
    ],
    [
      "where the user goes first",
      { VIRTUAL_ENV: "/v", NOTEMILL_VENV: "/n", JUPYTER_PREFER_ENV_PATH: "0" },
      {},
      "/h/.local/share/jupyter /v /n",
    ],
    ["with a Python on PATH", { VIRTUAL_ENV: "/v" }, { pythonPrefix: "/p" }, "/v /h/.local/share/jupyter /p"],
    ["with the system's Python", {}, { pythonPrefix: "/usr" }, "/h/.local/share/jupyter"],
  ])("%s", (_what, env: Record<string, string>, places, expected) => {
    expect(directories(env, places)).toBe(expected);
  });
});
