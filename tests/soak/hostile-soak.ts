/**
 * Feeds the command what is too large or too long for the tests, for as long as
 * it is told, and looks for another outcome than a result or a code, and for
 * memory beyond its bound.
 *
 *     node --conditions=@notemill/source tests/soak/hostile-soak.ts --seconds 600 [--seed N] [--only WORDS]
 *
 * It exits with 1 at the first finding.
 */
import { parseArgs } from "node:util";
import { seededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { withDirectory } from "../support/cli.ts";
import { HOSTILE_SCENARIOS } from "./hostile-scenarios.ts";

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
const scenarios = HOSTILE_SCENARIOS.filter(([name]) => name.includes(values.only ?? ""));
const deadline = performance.now() + seconds * 1_000;
console.log(`hostile input: ${seconds} s, seed ${seed}`);
while (performance.now() < deadline) {
  const [name, scenario] = random.pick(scenarios);
  try {
    await withDirectory(async (directory) => {
      const peakMb = await scenario(directory, random);
      console.log(`${String(peakMb).padStart(5)} MB  ${name}`);
    });
  } catch (error) {
    console.error(`FOUND in "${name}", seed ${seed}:`, error);
    process.exit(1);
  }
}
console.log("nothing found");
