// Runs a tool of node_modules/.bin on the pinned Node: node scripts/pinned.mjs TOOL [ARGUMENTS…]
import { spawnSync } from "node:child_process";
import { root, workspaceEnvironment } from "./setup/paths.mjs";

const [tool, ...args] = process.argv.slice(2);
const result = spawnSync(tool, args, { cwd: root, env: workspaceEnvironment(), stdio: "inherit" });
process.exitCode = result.status ?? 1;
