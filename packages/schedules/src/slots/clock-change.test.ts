import { describe, expect, it } from "vitest";
import { nextClockChange } from "./clock-change.ts";

describe("the next change of a clock", () => {
  const WINTER = "2026-01-10T12:00:00Z";
  const SUMMER = "2026-07-10T12:00:00Z";

  // The slots of these are in dst.test.ts.
  it.each([
    ["30 1 * * *", WINTER, "01:30 is left out that day; it runs at 02:00 instead."],
    ["0,30 1 * * *", WINTER, "01:00 and 01:30 are left out that day; it runs at 02:00 instead."],
    ["*/30 1 * * *", WINTER, "01:00 and 01:30 are left out that day."],
    ["0 * * * *", WINTER, "01:00 is left out that day."],
    ["* * * * *", WINTER, "60 times from 01:00 to 01:59 are left out that day."],
    ["0 1,2 * * *", WINTER, "01:00 is left out that day."],
    ["0 6 * * *", WINTER, "No slot falls into what is left out."],
    ["30 1 1 1 *", WINTER, "No slot falls into what is left out."],
    ["30 1 * * *", SUMMER, "01:30 comes twice that day; it runs the first time only."],
    ["0,30 1 * * *", SUMMER, "01:00 and 01:30 come twice that day; it runs the first time only."],
    ["0 * * * *", SUMMER, "01:00 comes twice that day, and it runs both times."],
    ["0 6 * * *", SUMMER, "No slot falls into what comes twice."],
  ])("says what London does to %s after %s", (cron, after, inWords) => {
    const change = nextClockChange({ kind: "cron", cron, timeZone: "Europe/London" }, Date.parse(after));
    expect(change).toEqual(
      after === WINTER
        ? {
            at: Date.parse("2026-03-29T01:00:00Z"),
            from: "01:00",
            to: "02:00",
            inWords: `On 29 March 2026 the clock goes forward from 01:00 to 02:00. ${inWords}`,
          }
        : {
            at: Date.parse("2026-10-25T01:00:00Z"),
            from: "02:00",
            to: "01:00",
            inWords: `On 25 October 2026 the clock goes back from 02:00 to 01:00. ${inWords}`,
          },
    );
  });

  it("knows of changes by half an hour, and south of the equator", () => {
    const lordHowe = { kind: "cron", cron: "15 2 * * *", timeZone: "Australia/Lord_Howe" } as const;
    expect(nextClockChange(lordHowe, Date.parse("2026-09-01T00:00:00Z"))).toEqual({
      at: Date.parse("2026-10-03T15:30:00Z"),
      from: "02:00",
      to: "02:30",
      inWords:
        "On 4 October 2026 the clock goes forward from 02:00 to 02:30. 02:15 is left out that day; it runs at 02:30 instead.",
    });
  });

  it("knows of none where a clock is never changed, or not within a year", () => {
    for (const timeZone of ["UTC", "Asia/Kolkata", "America/Phoenix"]) {
      const trigger = { kind: "cron", cron: "0 6 * * *", timeZone } as const;
      expect(nextClockChange(trigger, Date.parse(WINTER))).toBeUndefined();
    }
  });

  it("begins behind a change that is now", () => {
    const trigger = { kind: "cron", cron: "0 6 * * *", timeZone: "Europe/London" } as const;
    expect(nextClockChange(trigger, Date.parse("2026-03-29T01:00:00Z"))?.at).toBe(
      Date.parse("2026-10-25T01:00:00Z"),
    );
  });
});
