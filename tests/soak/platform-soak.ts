/**
 * Starts platforms of servers, runners and a database, runs notebooks on them, and
 * kills, cuts off or fills up a part of them at a random moment; then looks whether
 * every run has ended, once at a time, with all its events and a record that
 * verifies, and whether a process is left: for as long as it is told.
 *
 *     node --conditions=@notemill/source tests/soak/platform-soak.ts --seconds 600 [--seed N] [--round N]
 *
 * The command has to be built (npm run build). `--round` plays one round again,
 * SOAK_KEEP=1 keeps its directory, SOAK_TRACE=1 prints every round. It exits with
 * 1 when there was a finding.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { POSTGRES_PROGRAMS } from "../support/postgres.ts";
import { canMount } from "./output-directory.ts";
import { playPlatformRound } from "./platform-round.ts";

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
const AT_ONCE = 2;

let findings = 0;
let rounds = 0;
let next = Number(values.round ?? 1);
const totals: Record<string, number> = {};
const deadline = performance.now() + seconds * 1000;

const scratch = await mkdtemp(join(tmpdir(), "nm-soak-"));
const tools = { canMount: await canMount(scratch), hasPostgres: POSTGRES_PROGRAMS !== null };
await rm(scratch, { recursive: true });
console.log(`the platform: ${seconds} s, seed ${seed}`);
if (!tools.canMount) console.log("left out: full disks, as nothing can be mounted here");

if (values.round === undefined) await Promise.all(Array.from({ length: AT_ONCE }, playOn));
else await playOne(next);
const ends = Object.entries(totals).map(([status, count]) => `${count} ${status}`);
console.log(`${rounds} rounds; runs: ${ends.join(", ")}`);
console.log(findings === 0 ? "nothing found" : `${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;

async function playOn(): Promise<void> {
  while (performance.now() < deadline) await playOne(next++);
}

async function playOne(round: number): Promise<void> {
  rounds += 1;
  try {
    const result = await playPlatformRound(seededRandom(seed * 100_003 + round), tools);
    for (const [status, count] of Object.entries(result.statuses))
      totals[status] = (totals[status] ?? 0) + count;
    if (process.env["SOAK_TRACE"]) console.log(round, JSON.stringify(result));
  } catch (error) {
    findings += 1;
    console.error(`FOUND in round ${round}, replay: --seed ${seed} --round ${round}\n `, error);
  }
}
