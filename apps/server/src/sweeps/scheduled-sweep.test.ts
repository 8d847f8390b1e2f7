import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { encodeScheduledSweep, pointsOfSweep, setsOfPoints } from "./scheduled-sweep.ts";

it("refuses the sets of a slot, also of a backfill's, where all together would be too long", () => {
  const points = pointsOfSweep(encodeScheduledSweep({ grid: new RawJson('{"b": {"range": "1..64"}}') }));
  const parameters = JSON.stringify({ a: "x".repeat(2 ** 20) });
  // A backfill works out all sets of its first slot, and one of each that follows.
  expect(setsOfPoints(points.slice(0, 1), parameters)).toHaveLength(1);
  expect(() => setsOfPoints(points, parameters)).toThrow(
    expect.objectContaining({ code: "SWEEP_TOO_LARGE" }),
  );
});
