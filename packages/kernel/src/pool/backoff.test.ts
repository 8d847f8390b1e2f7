import { describe, expect, it } from "vitest";
import { createManualClock } from "../../testing/manual-clock.ts";
import { Backoff } from "./backoff.ts";

describe("Backoff", () => {
  it("waits twice as long after each failure, up to five minutes", () => {
    const backoff = new Backoff(createManualClock());
    const delays = Array.from({ length: 11 }, () => backoff.failed("a") / 1_000);
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it("is due again when the wait is over, for each key by itself", () => {
    const clock = createManualClock();
    const backoff = new Backoff(clock);
    expect(backoff.isDue("a")).toBe(true);
    backoff.failed("a");
    expect([backoff.isDue("a"), backoff.isDue("b")]).toEqual([false, true]);
    clock.advance(999);
    expect(backoff.isDue("a")).toBe(false);
    clock.advance(1);
    expect(backoff.isDue("a")).toBe(true);
  });

  it("begins anew after a success", () => {
    const backoff = new Backoff(createManualClock());
    backoff.failed("a");
    backoff.failed("a");
    backoff.succeeded("a");
    expect(backoff.isDue("a")).toBe(true);
    expect(backoff.failed("a")).toBe(1_000);
  });
});
