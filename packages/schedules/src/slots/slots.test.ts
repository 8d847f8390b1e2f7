import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { checkTrigger } from "./check-trigger.ts";
import { describeCron, describeTrigger } from "./describe-trigger.ts";
import { jitterMs } from "./jitter.ts";
import { nextSlots, previousSlots, slotsBetween } from "./slots.ts";
import type { CronTrigger, IntervalTrigger, TimeTrigger } from "./time-trigger.ts";

const start = Date.UTC(2026, 0, 1);
const daily: CronTrigger = { kind: "cron", cron: "0 6 * * *", timeZone: "UTC" };
const sixHourly: IntervalTrigger = { kind: "interval", everyMs: 6 * 3_600_000, anchor: start };

function iso(slots: readonly number[]): string {
  return slots.map((slot) => new Date(slot).toISOString().slice(0, 16)).join(" ");
}

describe("nextSlots", () => {
  it.each<[string, TimeTrigger, number, number, string]>([
    ["cron", daily, start, 2, "2026-01-01T06:00 2026-01-02T06:00"],
    ["cron, after a slot", daily, Date.UTC(2026, 0, 1, 6), 1, "2026-01-02T06:00"],
    ["cron, a moment before a slot", daily, Date.UTC(2026, 0, 1, 6) - 1, 1, "2026-01-01T06:00"],
    ["interval, after its anchor", sixHourly, start, 2, "2026-01-01T06:00 2026-01-01T12:00"],
    ["interval, before its anchor", sixHourly, 0, 2, "2026-01-01T00:00 2026-01-01T06:00"],
    ["once, ahead", { kind: "once", at: start }, 0, 5, "2026-01-01T00:00"],
    ["once, past", { kind: "once", at: start }, start, 5, ""],
  ])("of %s", (_what, trigger, after, count, expected) => {
    expect(iso(nextSlots(trigger, after, count))).toBe(expected);
  });

  it.each([
    ["@hourly", "2026-01-01T01:00"],
    ["@daily", "2026-01-02T00:00"],
    ["@midnight", "2026-01-02T00:00"],
    ["@weekly", "2026-01-04T00:00"],
    ["@monthly", "2026-02-01T00:00"],
    ["@yearly", "2027-01-01T00:00"],
    ["@Annually", "2027-01-01T00:00"],
    ["0 0 L * *", "2026-01-31T00:00"],
    ["0 0 * * FRI#2", "2026-01-09T00:00"],
    ["0 0 29 2 *", "2028-02-29T00:00"],
    [" 0  0 * jul 7 ", "2026-07-05T00:00"],
  ])("knows %s", (cron, expected) => {
    expect(iso(nextSlots({ kind: "cron", cron, timeZone: "UTC" }, start, 1))).toBe(expected);
  });

  describe("asks no clock", () => {
    afterEach(() => vi.useRealTimers());

    it.each(["1970-01-02", "2026-03-08T07:00", "9000-01-01"])("such as one at %s", (clock) => {
      vi.useFakeTimers({ now: new Date(clock) });
      expect(iso(nextSlots(daily, start, 1))).toBe("2026-01-01T06:00");
      expect(iso([...previousSlots(daily, start, 1)])).toBe("2025-12-31T06:00");
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});

describe("slotsBetween", () => {
  it("leaves out its beginning and takes its end", () => {
    const [first = 0, second = 0] = nextSlots(daily, start, 2);
    expect(slotsBetween(daily, first, second)).toEqual([second]);
  });

  it("refuses more slots than its limit", () => {
    expect(() => slotsBetween(sixHourly, 0, start + 86_400_000, { limit: 3 })).toThrow(
      expect.objectContaining({ code: "TOO_MANY_SLOTS" }),
    );
  });

  it("gives the same when a range is cut in two, and backwards", () => {
    const anyTrigger = fc.oneof(
      fc.constant<TimeTrigger>(daily),
      fc.record({
        kind: fc.constant("interval" as const),
        everyMs: fc.integer({ min: 3_600_000, max: 86_400_000 }),
        anchor: fc.integer({ min: start - 1e9, max: start + 1e9 }),
      }),
      fc.record({ kind: fc.constant("once" as const), at: fc.integer({ min: start, max: start + 1e8 }) }),
    );
    const anyInstant = fc.integer({ min: start - 1e8, max: start + 1e9 });
    fc.assert(
      fc.property(anyTrigger, fc.tuple(anyInstant, anyInstant, anyInstant), (trigger, instants) => {
        const [from, middle, to] = instants.sort((a, b) => a - b);
        const whole = slotsBetween(trigger, from, to);
        expect([...slotsBetween(trigger, from, middle), ...slotsBetween(trigger, middle, to)]).toEqual(whole);
        expect([...previousSlots(trigger, to, whole.length)].reverse()).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});

describe("checkTrigger", () => {
  const cron = (text: string, timeZone = "UTC"): TimeTrigger => ({ kind: "cron", cron: text, timeZone });
  it.each<[string, TimeTrigger]>([
    ["CRON_SECONDS_UNSUPPORTED", cron("0 0 6 * * *")],
    ["CRON_SECONDS_UNSUPPORTED", cron("0 0 6 * * * 2026")],
    ["CRON_INVALID", cron("")],
    ["CRON_INVALID", cron("0 6 * *")],
    ["CRON_INVALID", cron("0 24 * * *")],
    ["CRON_INVALID", cron("5/10 * * * *")],
    ["CRON_INVALID", cron("? * * * *")],
    ["CRON_INVALID", cron("@reboot")],
    ["CRON_INVALID", cron("0 0 30 2 *")],
    ["CRON_INVALID", cron(`${"1,".repeat(600)}1 * * * *`)],
    ["TIME_ZONE_UNKNOWN", cron("0 6 * * *", "Europe/Atlantis")],
    ["TIME_ZONE_UNKNOWN", cron("0 6 * * *", "+01:00")],
    ["TIME_ZONE_UNKNOWN", cron("0 6 * * *", "")],
    ["TRIGGER_INVALID", { kind: "interval", everyMs: 999, anchor: 0 }],
    ["TRIGGER_INVALID", { kind: "interval", everyMs: 1000.5, anchor: 0 }],
    ["TRIGGER_INVALID", { kind: "interval", everyMs: 1000, anchor: Number.NaN }],
    ["TRIGGER_INVALID", { kind: "once", at: Infinity }],
  ])("gives %s for %o", (code, trigger) => {
    expect(() => checkTrigger(trigger)).toThrow(expect.objectContaining({ code }));
  });

  it.each<[TimeTrigger]>([[daily], [sixHourly], [{ kind: "once", at: 0 }], [cron("0 0 29 2 *")]])(
    "lets %o pass",
    (trigger) => {
      expect(() => checkTrigger(trigger)).not.toThrow();
    },
  );
});

describe("describeTrigger", () => {
  it.each<[string, TimeTrigger]>([
    [
      "At 06:00, Monday through Friday (Europe/London)",
      { ...daily, cron: "0 6 * * 1-5", timeZone: "Europe/London" },
    ],
    ["Every 30 minutes (UTC)", { ...daily, cron: "*/30 * * * *" }],
    ["At 00:00 (UTC)", { ...daily, cron: "@daily" }],
    ["Every 6 hours from 2026-01-01T00:00:00.000Z", sixHourly],
    ["Every minute from 2026-01-01T00:00:00.000Z", { ...sixHourly, everyMs: 60_000 }],
    ["Once, at 2026-01-01T00:00:00.000Z", { kind: "once", at: start }],
  ])("says %s", (expected, trigger) => {
    expect(describeTrigger(trigger)).toBe(expected);
  });

  it("refuses what has no slots", () => {
    expect(() => describeCron("61 * * * *")).toThrow(expect.objectContaining({ code: "CRON_INVALID" }));
  });
});

describe("jitterMs", () => {
  it("is the same for the same facts, and within its bound", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), fc.nat(10_000_000), (id, at, maxMs) => {
        const delay = jitterMs({ id, at, maxMs });
        expect(delay).toBe(jitterMs({ id, at, maxMs }));
        expect(Number.isInteger(delay) && delay >= 0 && delay <= maxMs).toBe(true);
      }),
    );
  });

  it("spreads triggers and slots evenly", () => {
    for (const facts of [
      (index: number) => ({ id: `trigger-${index}`, at: start }),
      (index: number) => ({ id: "trigger", at: start + index * 60_000 }),
    ]) {
      const counts = Array.from({ length: 10 }, () => 0);
      for (let index = 0; index < 2000; index++) {
        const tenth = jitterMs({ ...facts(index), maxMs: 9 });
        counts[tenth] = (counts[tenth] ?? 0) + 1;
      }
      expect(Math.min(...counts)).toBeGreaterThan(140);
      expect(Math.max(...counts)).toBeLessThan(260);
    }
  });
});
