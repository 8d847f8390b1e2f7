/**
 * Kills drivers, kernels and kernel hosts at random moments while output
 * streams, for as long as it is told, and looks for a line that is missing or
 * comes twice, and for a process or a file that is left.
 *
 *     node --conditions=@notemill/source packages/kernel/soak/host-soak.ts --seconds 600 [--seed N] [--only WORDS]
 *
 * It exits with 1 at the first finding.
 */
import { parseArgs } from "node:util";
import { makeHostBed } from "../test/host/host-bed.ts";
import { SCENARIOS } from "./host-scenarios.ts";
import { seededRandom } from "./seeded-random.ts";

const { values } = parseArgs({
  options: { seconds: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
});
const seconds = Number(values.seconds ?? 60);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isFinite(seconds) || !Number.isSafeInteger(seed)) {
  console.error(`--seconds ${values.seconds} --seed ${values.seed}: expected numbers`);
  process.exit(2);
}

const random = seededRandom(seed);
const scenarios = SCENARIOS.filter(([name]) => name.includes(values.only ?? ""));
const counts = new Map<string, number>();
const deadline = performance.now() + seconds * 1_000;
console.log(`kernel hosts: ${seconds} s, seed ${seed}`);
while (performance.now() < deadline) {
  const [name, scenario] = random.pick(scenarios);
  const bed = await makeHostBed();
  try {
    if (process.env["SOAK_TRACE"]) console.log(name);
    await scenario(bed, random);
    await bed.close();
  } catch (error) {
    console.error(
      `FOUND in "${name}", run ${[...counts.values()].reduce((a, b) => a + b, 1)}, seed ${seed}:`,
      error,
    );
    await bed.close().catch(() => {});
    process.exit(1);
  }
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
for (const [name, count] of counts) console.log(`${String(count).padStart(5)} × ${name}`);
console.log("nothing found");
