// Runs what looks for faults as long as it is let: npm run soak -- [--seconds N] [--seed N]
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { pinnedNode, root, workspaceEnvironment } from "./setup/paths.mjs";
import { main, setUp, setUpPeers } from "./setup/set-up.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "600" }, seed: { type: "string" } },
});

/** Programs that take --seconds and --seed and end with an exit code other than 0 at a finding. */
const isSoak = (path) => /\/soak\/[^/]*(?:fuzz|soak)[^/]*\.ts$/.test(path) && !path.endsWith(".test.ts");

await main(async () => {
  await setUp();
  await setUpPeers();
  const programs = [join(root, "packages"), join(root, "tests")].flatMap(filesBelow).filter(isSoak).sort();
  const each = Math.max(5, Math.floor(Number(values.seconds) / programs.length));
  const failed = programs.filter((path) => !passes(path, each));
  console.log(`\n${programs.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
});

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return [];
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function passes(path, seconds) {
  console.log(`• ${relative(root, path)} for ${seconds} s`);
  const seed = values.seed === undefined ? [] : ["--seed", values.seed];
  const args = ["--conditions=@notemill/source", path, "--seconds", String(seconds), ...seed];
  const result = spawnSync(pinnedNode(), args, { cwd: root, env: workspaceEnvironment(), stdio: "inherit" });
  console.log(result.status === 0 ? "  no finding" : `  ✗ ended with ${result.status ?? result.signal}`);
  return result.status === 0;
}
