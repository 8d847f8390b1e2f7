/**
 * Runs notebooks with the `notemill` command, kills one of the processes, fills
 * the disk or takes the output directory away at a random moment, and looks at
 * what is left: for as long as it is told.
 *
 *     node --conditions=@notemill/source tests/soak/fault-soak.ts --seconds 600 [--seed N] [--round N]
 *
 * The command has to be built (npm run build). `--round` plays one round again,
 * SOAK_KEEP=1 keeps its directory. It exits with 1 when there was a finding.
 */
import { tmpdir } from "node:os";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { notemill } from "../support/cli.ts";
import { canMount } from "./output-directory.ts";
import { playRound, type RoundResult } from "./round.ts";
import { createOutputReader } from "./seen-output.ts";
import { summaryOf } from "./summary.ts";

const { values } = parseArgs({
  options: { seconds: { type: "string" }, seed: { type: "string" }, round: { type: "string" } },
});
const seconds = Number(values.seconds ?? 60);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isFinite(seconds) || !Number.isSafeInteger(seed)) {
  console.error(`--seconds ${values.seconds} --seed ${values.seed}: expected numbers`);
  process.exit(2);
}

/** Most of a round is waiting. */
const AT_ONCE = 3;

const results: RoundResult[] = [];
let findings = 0;
let next = Number(values.round ?? 1);
const deadline = performance.now() + seconds * 1000;

const version = await notemill(["--version"]);
if (version.exitCode !== 0) {
  console.error(version.stderr);
  process.exit(2);
}
const scratch = await mkdtemp(join(tmpdir(), "nm-soak-"));
const tools = { reader: createOutputReader(), canMount: await canMount(scratch) };
await rm(scratch, { recursive: true });
console.log(`the command: ${seconds} s, seed ${seed}`);
if (!tools.canMount) console.log("left out: full and read-only disks, as nothing can be mounted here");

if (values.round === undefined) await Promise.all(Array.from({ length: AT_ONCE }, playOn));
else await playOne(next);
await tools.reader.close();
for (const line of summaryOf(results)) console.log(line);
console.log(findings === 0 ? "nothing found" : `${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;

async function playOn(): Promise<void> {
  while (performance.now() < deadline) await playOne(next++);
}

async function playOne(round: number): Promise<void> {
  try {
    const result = await playRound(seededRandom(seed * 100_003 + round), tools);
    results.push(result);
    if (process.env["SOAK_TRACE"]) console.log(round, JSON.stringify(result));
  } catch (error) {
    findings += 1;
    console.error(`FOUND in round ${round}, replay: --seed ${seed} --round ${round}\n `, error);
  }
}
