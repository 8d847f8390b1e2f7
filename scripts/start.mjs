// Sets the clone up and shows the main job: one example template, run over several parameter sets.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, workspaceEnvironment } from "./setup/paths.mjs";
import { main, setUp } from "./setup/set-up.mjs";

const QUICK_START = [
  "sweep",
  "examples/experiment.ipynb",
  "--cwd",
  "examples",
  "--grid",
  "alpha=0.2,0.4,0.6,0.8",
  "--output-path",
  "output/experiment-{alpha}.ipynb",
];

await main(async () => {
  await setUp();
  console.error(`\n$ ./notemill ${QUICK_START.join(" ")}\n`);
  const result = spawnSync(join(root, "notemill"), QUICK_START, {
    cwd: root,
    env: workspaceEnvironment(),
    stdio: "inherit",
  });
  return result.status ?? 1;
});
