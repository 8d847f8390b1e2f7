import { describe, expect, it } from "vitest";
import { instantOf, localTime } from "./local-time.ts";

describe("instantOf", () => {
  it.each([
    ["2026-03-29T06:00:00+01:00", "Europe/London", "2026-03-29T05:00:00.000Z"],
    ["2026-03-29", "Europe/London", "2026-03-29T00:00:00.000Z"],
    ["2026-03-30", "Europe/London", "2026-03-29T23:00:00.000Z"],
    ["2026-03-29", "America/New_York", "2026-03-29T04:00:00.000Z"],
    ["2026-03-29", "Pacific/Kiritimati", "2026-03-28T10:00:00.000Z"],
    ["2026-03-29", "Pacific/Pago_Pago", "2026-03-29T11:00:00.000Z"],
    // Clocks go from midnight to one on this day.
    ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z"],
    // Midnight comes twice on this one.
    ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"],
  ])("of %s in %s is %s", (text, timeZone, expected) => {
    expect(new Date(instantOf(text, timeZone)).toISOString()).toBe(expected);
  });
});

it("localTime has the offset of the day", () => {
  expect(localTime(Date.parse("2026-03-29T05:00:00Z"), "Europe/London")).toBe("2026-03-29T06:00:00+01:00");
  expect(localTime(Date.parse("2026-03-28T06:00:00Z"), "UTC")).toBe("2026-03-28T06:00:00+00:00");
});
