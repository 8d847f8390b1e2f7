import type { ScheduleSpec } from "@notemill/api";
import { describe, expect, it } from "vitest";
import { firstSpec, hasInstants, specDraft, specOf } from "./spec-draft.ts";

describe("the fields of when a schedule runs", () => {
  it.each<ScheduleSpec>([
    { kind: "cron", cron: "0 6 * * 1-5", time_zone: "Europe/London" },
    { kind: "interval", every_seconds: 90 },
    { kind: "interval", every_seconds: 7200, anchor: "2026-01-01T00:00:00.000Z" },
    { kind: "interval", every_seconds: 1.5 },
    { kind: "once", at: "2026-11-29T06:00:00.000Z" },
    { kind: "once", at: "2026-11-29T06:00:30.000Z" },
    { kind: "after", path: "/shared/load.ipynb", outcomes: ["succeeded", "failed"] },
    { kind: "after", schedule_id: "0198f000-0000-7000-8000-000000000001", outcomes: ["failed"] },
    { kind: "webhook" },
    { kind: "file", pattern: "/shared/in/*.csv", every_seconds: 60, settle_seconds: 0 },
  ])("hold every spec as it is: %j", (spec) => {
    expect(specOf(specDraft(spec))).toEqual(spec);
  });

  it("show an interval in the largest unit that has it whole", () => {
    expect(specDraft({ kind: "interval", every_seconds: 172_800 })).toMatchObject({
      every: "2",
      unit: "days",
    });
    expect(specDraft({ kind: "interval", every_seconds: 5400 })).toMatchObject({
      every: "90",
      unit: "minutes",
    });
  });

  it("mean nothing while one is empty", () => {
    const first = firstSpec();
    expect(specOf(first)).toMatchObject({ kind: "cron", cron: "0 6 * * *" });
    for (const change of [
      { cron: " " },
      { zone: "" },
      { kind: "interval", every: "" },
      { kind: "interval", every: "0" },
      { kind: "interval", every: "x" },
      { kind: "once" },
      { kind: "after" },
      { kind: "after", after: "/a.ipynb", outcomes: [] },
      { kind: "file" },
    ] as const) {
      expect(specOf({ ...first, ...change })).toBeUndefined();
    }
  });

  it("know which slots are instants", () => {
    expect((["cron", "interval", "once"] as const).every(hasInstants)).toBe(true);
    expect((["after", "webhook", "file"] as const).some(hasInstants)).toBe(false);
  });
});
