import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { contents, run, step } from "./step.mjs";

/** Installs the npm packages of the lock file, Node 24 and the TypeScript kernel among them. */
export async function installNpmPackages() {
  await step(
    "npm",
    {
      title: "Installing npm packages (800 MB; it takes a minute or two)",
      inputs: [contents("package-lock.json"), process.platform, process.arch],
      done: () => existsSync(join(root, "node_modules", "rolldown")),
    },
    () =>
      run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
        remedy: "check that npm reaches its registry (npm ping), then start again",
      }),
  );
}
