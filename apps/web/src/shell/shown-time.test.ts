import { afterEach, describe, expect, it } from "vitest";
import { shownTime } from "./shown-time.ts";

describe("shownTime", () => {
  const { TZ } = process.env;
  afterEach(() => {
    if (TZ === undefined) delete process.env["TZ"];
    else process.env["TZ"] = TZ;
  });

  it.each([
    ["UTC", "2026-11-23T07:46:38.123Z", "2026-11-23 07:46:38 UTC"],
    ["Europe/Berlin", "2026-11-23T23:46:38.123Z", "2026-11-24 00:46:38 +01:00"],
    ["Europe/Berlin", "2026-07-23T07:46:38Z", "2026-07-23 09:46:38 +02:00"],
    ["America/St_Johns", "2026-11-23T01:46:38Z", "2026-11-22 22:16:38 −03:30"],
    ["Asia/Kathmandu", "2026-11-23T07:46:38Z", "2026-11-23 13:31:38 +05:45"],
  ])("writes an instant as clocks in %s have it", (zone, time, shown) => {
    process.env["TZ"] = zone;
    expect(shownTime(time)).toBe(shown);
  });
});
