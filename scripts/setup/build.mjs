import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pinnedNode, root } from "./paths.mjs";
import { run, step } from "./step.mjs";

/** Builds the command-line app when one of its sources changed. */
export async function build() {
  await step(
    "build",
    {
      title: "Building the notemill command",
      inputs: ["packages", "apps", "examples", "docs/reference"].flatMap((it) => changeTimes(join(root, it))),
      done: () => existsSync(join(root, "apps", "cli", "dist", "bin", "notemill.js")),
    },
    () => run(pinnedNode(), [join(root, "scripts", "setup", "build-cli.mjs")]),
  );
}

/** Path and time of the last change of every source below `directory`. */
function changeTimes(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((it) => !["node_modules", "dist", "test", "fixtures", "soak"].includes(it.name))
    .flatMap((it) => {
      const path = join(directory, it.name);
      if (it.isDirectory()) return changeTimes(path);
      return it.name.endsWith(".test.ts") ? [] : [[path, statSync(path).mtimeMs]];
    });
}
