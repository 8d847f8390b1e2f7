import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { describeWith, POSTGRES } from "../requirements.ts";
import { canMount } from "../soak/output-directory.ts";
import { playPlatformScenario } from "../soak/platform-round.ts";
import type { PlatformScenario } from "../soak/platform-scenario.ts";

/** One round for each kind of fault, at a moment that the seed chooses. The soak draws rounds at random. */
const EMBEDDED: Omit<PlatformScenario, "strikes"> = {
  database: "pglite",
  servers: 1,
  runners: 2,
  slots: 1,
  runs: [1.5, 0.1, 0.5],
};
/** The same with two servers. */
const SHARED: Omit<PlatformScenario, "strikes"> = { ...EMBEDDED, database: "postgres", servers: 2 };

/** A disk that can be full is a small one that is mounted for the test, which takes root; the soak leaves it out, too. */
const hasSmallDisk = await withScratch(canMount);

describe("a platform with an embedded database tells the truth", () => {
  it("after its server was killed, and then a runner", async () => {
    await playFaults(
      {
        ...EMBEDDED,
        strikes: [
          { afterMs: 700, deed: { type: "server", signal: "SIGKILL", forMs: 100 } },
          { afterMs: 900, deed: { type: "runner", signal: "SIGKILL", forMs: 0 } },
        ],
      },
      11,
    );
  });

  it("after a runner was cut off for longer than its lease, and a kernel was killed", async () => {
    await playFaults(
      {
        ...EMBEDDED,
        strikes: [
          { afterMs: 900, deed: { type: "stall", forMs: 8000 } },
          { afterMs: 500, deed: { type: "kernel", signal: "SIGKILL" } },
        ],
      },
      12,
    );
  });
});

describe.runIf(hasSmallDisk)("a platform with a small disk tells the truth", () => {
  it("after the disk was full for a while", async () => {
    await playFaults({ ...EMBEDDED, strikes: [{ afterMs: 800, deed: { type: "disk", forMs: 2500 } }] }, 14);
  });
});

describeWith(POSTGRES, "a platform with two servers on one Postgres tells the truth", () => {
  it("after the database crashed, and the store of records was away", async () => {
    await playFaults(
      {
        ...SHARED,
        strikes: [
          { afterMs: 800, deed: { type: "database", signal: "SIGQUIT", forMs: 500 } },
          { afterMs: 300, deed: { type: "records", forMs: 1500 } },
        ],
      },
      13,
    );
  });
});

/** Plays a round. The scenario says what is done, the seed when and to whom. */
async function playFaults(scenario: PlatformScenario, seed: number): Promise<void> {
  const { statuses } = await playPlatformScenario(scenario, seededRandom(seed));
  const total = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(scenario.runs.length + scenario.strikes.length + 1);
}

async function withScratch<Result>(use: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), "scratch-"));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}
