import { describe, expect, it } from "vitest";
import { createHoldings, type Held } from "./holdings.ts";

/** Holds an attempt, and answers two heartbeats of it as a server that does not count it among those that go on. */
async function afterRefusals(prepare: (held: Held) => void): Promise<boolean> {
  const { promise: second, resolve: secondCame } = Promise.withResolvers<void>();
  let count = 0;
  const client = {
    async heartbeat() {
      count += 1;
      if (count === 2) secondCame();
      return { renewed: [], cancelled: [], lease_ms: 60_000 };
    },
  };
  await using holdings = createHoldings(client, "runner", new AbortController().signal);
  holdings.settings({ leaseMs: 60_000, heartbeatMs: 1 });
  using held = holdings.hold({ id: "attempt", fence: 1 }, performance.now());
  prepare(held);
  await second;
  return held.lost.aborted;
}

describe("an attempt that heartbeats no longer renew", () => {
  it("is somebody else's while it goes on", async () => {
    expect(await afterRefusals(() => undefined)).toBe(true);
  });

  it("may be over, with its kernel kept, when its end is being handed in", async () => {
    expect(await afterRefusals((held) => held.handIn())).toBe(false);
  });
});
