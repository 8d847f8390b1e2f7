import { expect } from "vitest";
import { seededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { playPlatformScenario } from "../soak/platform-round.ts";
import type { PlatformScenario } from "../soak/platform-scenario.ts";

/**
 * One round for each kind of fault, at a moment that the seed chooses. The soak
 * draws rounds at random; a full disk needs a mount and is left to it.
 */
export const EMBEDDED: Omit<PlatformScenario, "strikes"> = {
  database: "pglite",
  servers: 1,
  runners: 2,
  slots: 1,
  runs: [1.5, 0.1, 0.5],
};
/** The same with two servers. */
export const SHARED: Omit<PlatformScenario, "strikes"> = { ...EMBEDDED, database: "postgres", servers: 2 };

/** Plays a round. The scenario says what is done, the seed when and to whom. */
export async function playFaults(scenario: PlatformScenario, seed: number): Promise<void> {
  const { statuses } = await playPlatformScenario(scenario, seededRandom(seed));
  const total = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(scenario.runs.length + scenario.strikes.length + 1);
}
