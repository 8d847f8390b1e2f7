// Measures against the peers: npm run bench [NAME…]
import { spawnSync } from "node:child_process";
import { pinnedNode, root, workspaceEnvironment } from "./setup/paths.mjs";
import { main, setUp, setUpPeers } from "./setup/set-up.mjs";

await main(async () => {
  await setUp();
  await setUpPeers();
  const args = ["--conditions=@notemill/source", "bench/main.ts", ...process.argv.slice(2)];
  const result = spawnSync(pinnedNode(), args, { cwd: root, env: workspaceEnvironment(), stdio: "inherit" });
  return result.status ?? 1;
});
