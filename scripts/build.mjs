// Sets the clone up and builds what changed: the command-line app and the packages.
import { main, setUp } from "./setup/set-up.mjs";
import { run } from "./setup/step.mjs";

await main(async () => {
  await setUp();
  run("tsc", ["-b"], { show: true });
});
