import { spawnSync } from "node:child_process";
import { root, workspaceEnvironment } from "../setup/paths.mjs";
import { SetupError } from "../setup/step.mjs";

const TEST = "tests/web/demonstration.long.test.ts";

/** Plays the demonstration, whose test takes the pictures of its guide into this directory. */
export function takeDemonstration(directory) {
  const { status } = spawnSync("vitest", ["run", TEST], {
    cwd: root,
    env: { ...workspaceEnvironment(), NOTEMILL_PICTURES: directory },
    stdio: "inherit",
  });
  if (status !== 0) throw new SetupError(`${TEST} has failed, so there are no pictures of it`);
}
