// Sets the clone up and runs the tests.
import { runTests } from "./setup/run-tests.mjs";
import { main, setUp, setUpPeers } from "./setup/set-up.mjs";

await main(async () => {
  await setUp();
  await setUpPeers();
  return await runTests(process.argv.slice(2));
});
