import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slotsBetween } from "../slots/slots.ts";
import { type CatchUpPolicy, decideSlots, dueAt, nextDueAt, type ScheduledTrigger } from "./catch-up.ts";

const minute = 60_000;
const hour = 60 * minute;
const hourly: ScheduledTrigger = {
  id: "t",
  trigger: { kind: "interval", everyMs: hour, anchor: 0 },
  catchUp: { kind: "none" },
};

/** The hours that fire, the watermark in hours, and whether something was left out. */
function check(catchUp: CatchUpPolicy, watermark: number, now: number): string {
  const {
    fires,
    watermark: next,
    hasSkipped,
  } = decideSlots({ ...hourly, catchUp }, watermark * hour, now * hour);
  return `${fires.map((slot) => slot / hour).join(" ")} | ${next / hour}${hasSkipped ? " skipped" : ""}`;
}

const all = (cap: number): CatchUpPolicy => ({ kind: "all", cap });

describe("decideSlots", () => {
  it.each<[string, CatchUpPolicy, number, number, string]>([
    ["nothing is due", { kind: "none" }, 1, 1.9, " | 1"],
    ["a slot is due now", { kind: "none" }, 1, 2, "2 | 2"],
    ["a slot is half a minute late", { kind: "none" }, 1, 2 + 1 / 120, "2 | 2"],
    ["slots were missed and none is made good", { kind: "none" }, 1, 5.5, " | 5 skipped"],
    ["slots were missed, and one is on time", { kind: "none" }, 1, 5, "5 | 5 skipped"],
    ["the latest missed one is made good", { kind: "latest" }, 1, 5.5, "5 | 5 skipped"],
    ["the one on time stands for those missed", { kind: "latest" }, 1, 5, "5 | 5 skipped"],
    ["the only missed one is made good", { kind: "latest" }, 4, 5.5, "5 | 5"],
    ["all are made good", all(10), 1, 5.5, "2 3 4 5 | 5"],
    ["the newest are made good, up to the cap", all(2), 1, 5.5, "4 5 | 5 skipped"],
    ["the one on time does not count for the cap", all(2), 1, 5, "3 4 5 | 5 skipped"],
    ["the cap is nought", all(0), 1, 5.5, " | 5 skipped"],
    ["the clock went back", all(9), 5, 3, " | 5"],
  ])("when %s", (_what, policy, watermark, now, expected) => {
    expect(check(policy, watermark, now)).toBe(expected);
  });
});

const anyPolicy = fc.oneof(
  fc.constant<CatchUpPolicy>({ kind: "none" }),
  fc.constant<CatchUpPolicy>({ kind: "latest" }),
  fc.record({ kind: fc.constant("all" as const), cap: fc.nat(20) }),
);
const anyScheduled: fc.Arbitrary<ScheduledTrigger> = fc.record({
  id: fc.string(),
  trigger: fc.record({
    kind: fc.constant("interval" as const),
    everyMs: fc.integer({ min: minute, max: 3 * hour }),
    anchor: fc.integer({ min: -hour, max: hour }),
  }),
  catchUp: anyPolicy,
  maxJitterMs: fc.oneof(fc.constant(0), fc.nat(2 * hour)),
  graceMs: fc.nat(10 * minute),
});
/** Moments at which a server looks, with outages between them. */
const anyMoments = fc
  .array(fc.nat(12 * hour), { minLength: 1, maxLength: 12 })
  .map((it) => it.sort((a, b) => a - b));

describe("decisions at any moments", () => {
  it("fire slots in order, none twice, none early, and no more missed ones than the policy allows", () => {
    fc.assert(
      fc.property(anyScheduled, anyMoments, (scheduled, moments) => {
        const { catchUp, maxJitterMs = 0, graceMs = 0 } = scheduled;
        const fired: number[] = [];
        let watermark = -1;
        for (const now of moments) {
          const decision = decideSlots(scheduled, watermark, now);
          expect(decision.watermark).toBeGreaterThanOrEqual(watermark);
          const missed = decision.fires.filter((slot) => now - slot > maxJitterMs + graceMs);
          const allowed = catchUp.kind === "all" ? catchUp.cap : catchUp.kind === "latest" ? 1 : 0;
          expect(missed.length).toBeLessThanOrEqual(allowed);
          if (catchUp.kind === "latest" && missed.length > 0) expect(decision.fires).toEqual(missed);
          for (const slot of decision.fires) expect(dueAt(scheduled, slot)).toBeLessThanOrEqual(now);
          fired.push(...decision.fires);
          watermark = decision.watermark;
        }
        expect(fired).toEqual([...new Set(fired)].sort((a, b) => a - b));
        const real = new Set(slotsBetween(scheduled.trigger, -1, 12 * hour));
        expect(fired.filter((slot) => !real.has(slot))).toEqual([]);
      }),
    );
  });

  it("fire every slot that is due when all are made good, however an outage is cut up", () => {
    fc.assert(
      fc.property(anyScheduled, anyMoments, (scheduled, moments) => {
        const patient: ScheduledTrigger = { ...scheduled, catchUp: { kind: "all", cap: 10_000 } };
        const last = moments.at(-1) ?? 0;
        const once = decideSlots(patient, -1, last);
        let watermark = -1;
        const fired = moments.flatMap((now) => {
          const decision = decideSlots(patient, watermark, now);
          ({ watermark } = decision);
          expect(decision.hasSkipped).toBe(false);
          return decision.fires;
        });
        expect(fired).toEqual(once.fires);
        // Only one that has to wait, or one behind it, is left.
        expect(nextDueAt(patient, watermark)).toBeGreaterThan(last);
      }),
    );
  });
});
