import { describe, expect, it } from "vitest";
import type { TimeTrigger } from "../slots/time-trigger.ts";
import { type BackfillOptions, planBackfill, slotInterval } from "./plan-backfill.ts";

const daily: TimeTrigger = { kind: "cron", cron: "0 6 * * *", timeZone: "Europe/London" };
const options: BackfillOptions<{ readonly day: string }> = {
  trigger: daily,
  from: Date.parse("2026-03-28T00:00Z"),
  until: Date.parse("2026-03-31T00:00Z"),
  slotParameters: ["day"],
  resolve: ({ start, end }) => ({ day: `${iso(start)} to ${iso(end ?? 0)}` }),
};

function iso(instant: number): string {
  return new Date(instant).toISOString().slice(5, 16);
}

describe("planBackfill", () => {
  it("shows the runs with their parameters, over a change of clocks", () => {
    expect(planBackfill(options).map(({ parameters }) => parameters.day)).toEqual([
      "03-28T06:00 to 03-29T05:00",
      "03-29T05:00 to 03-30T05:00",
      "03-30T05:00 to 03-31T05:00",
    ]);
  });

  it("takes the start of the range and leaves out its end", () => {
    const range = { from: Date.parse("2026-03-28T06:00Z"), until: Date.parse("2026-03-29T05:00Z") };
    expect(planBackfill({ ...options, ...range }).map(({ slot }) => iso(slot))).toEqual(["03-28T06:00"]);
  });

  it.each<[string, Partial<typeof options>]>([
    ["BACKFILL_WITHOUT_SLOT_PARAMETER", { slotParameters: [] }],
    ["BACKFILL_INVALID", { until: options.from }],
    ["BACKFILL_INVALID", { until: options.from + 3_600_000 }],
    ["BACKFILL_INVALID", { from: Number.NaN }],
    ["TOO_MANY_SLOTS", { limit: 2 }],
    ["CRON_INVALID", { trigger: { ...daily, cron: "nope" } }],
  ])("refuses with %s", (code, more) => {
    expect(() => planBackfill({ ...options, ...more })).toThrow(expect.objectContaining({ code }));
  });
});

it("slotInterval of the last slot has no end", () => {
  expect(slotInterval({ kind: "once", at: 5 }, 5)).toEqual({ slot: 5, start: 5, end: null });
});
