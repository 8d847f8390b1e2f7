import { expect, it } from "vitest";
import { sweepText } from "./sweep-text.ts";

const NONE = { succeeded: 0, failed: 0, timed_out: 0, lost: 0, cancelled: 0 };

it.each([
  [40, { succeeded: 40 }, "Sweep of 40", []],
  [1000, {}, "Sweep, 0 of 1,000 done", []],
  [1000, { succeeded: 12, failed: 3 }, "Sweep, 15 of 1,000 done", ["3 failed"]],
  [
    1000,
    { failed: 996, timed_out: 1, lost: 1, cancelled: 2 },
    "Sweep of 1,000",
    ["996 failed", "1 timed out", "1 lost", "2 cancelled"],
  ],
])("says of %i runs, of which %j have ended: %s", (total, counts, extent, trouble) => {
  expect(sweepText({ total, counts: { ...NONE, ...counts } })).toEqual({ extent, trouble });
});
