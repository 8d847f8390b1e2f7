// Sets the clone up and shows the main job: one example template, run over several parameter sets.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, workspaceEnvironment } from "./setup/paths.mjs";
import { main, setUp } from "./setup/set-up.mjs";

const QUICK_START = [
  "sweep",
  "examples/experiment.ipynb",
  "--grid",
  "learning_rate=0.01,0.1,0.5",
  "--grid",
  "depth=2,4",
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
