import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { playRound, type SoakTools } from "../soak/round.ts";
import { createOutputReader } from "../soak/seen-output.ts";

/** Some rounds of `npm run soak`, which plays them at random; a full disk needs a mount and is left to it. */
describe.concurrent("a round of the soak finds nothing", () => {
  let tools: SoakTools;
  beforeAll(() => {
    tools = { reader: createOutputReader(), canMount: false };
  });
  afterAll(() => tools.reader.close());

  it.each([
    [4172, "kept run: SIGKILL to host"],
    [264, "kept run: removed"],
  ])("with seed %i: %s", async (seed, what) => {
    expect(await playRound(seededRandom(seed), tools)).toMatchObject({ what, hasHit: true });
  });
});
