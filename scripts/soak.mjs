// Runs what looks for faults as long as it is let: npm run soak -- [--seconds N] [--seed N]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { pinnedNode, root, workspaceEnvironment } from "./setup/paths.mjs";
import { main, setUp, setUpPeers } from "./setup/set-up.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "600" }, seed: { type: "string" } },
});

/** Most programs wait for processes for half of their time. */
const AT_ONCE = 2;

/** Programs that take --seconds and --seed and end with an exit code other than 0 at a finding. */
const isSoak = (path) => /\/soak\/[^/]*(?:fuzz|soak)[^/]*\.ts$/.test(path) && !path.endsWith(".test.ts");

await main(async () => {
  await setUp();
  await setUpPeers();
  const programs = [join(root, "packages"), join(root, "tests")].flatMap(filesBelow).filter(isSoak).sort();
  const each = Math.max(5, Math.floor((AT_ONCE * Number(values.seconds)) / programs.length));
  const waiting = programs.values();
  let failed = 0;
  const lane = async () => {
    for (const path of waiting) if (!(await passes(path, each))) failed += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  console.log(`\n${programs.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return [];
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Runs one program; each line that it prints begins with its name. */
async function passes(path, seconds) {
  const say = (line) => console.log(`${basename(path, ".ts")}: ${line}`);
  say(`${relative(root, path)} for ${seconds} s`);
  const begun = Date.now();
  const seed = values.seed === undefined ? [] : ["--seed", values.seed];
  const child = spawn(
    pinnedNode(),
    ["--conditions=@notemill/source", path, "--seconds", String(seconds), ...seed],
    { cwd: root, env: workspaceEnvironment(), stdio: ["ignore", "pipe", "pipe"] },
  );
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", say);
  const [status, signal] = await once(child, "close");
  const took = `after ${((Date.now() - begun) / 1000).toFixed(0)} s`;
  say(status === 0 ? `✓ no finding ${took}` : `✗ ended with ${status ?? signal} ${took}`);
  return status === 0;
}
