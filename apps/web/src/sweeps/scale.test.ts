import { expect, it } from "vitest";
import { axisText, share, ticks } from "./scale.ts";

it.each([
  [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [3, 17, 4, [5, 10, 15]],
  [-0.001, 0.001, 2, [-0.001, 0, 0.001]],
  [4, 4, 5, [4]],
])("marks %s to %s with at most about %s", (low, high, most, expected) => {
  expect(ticks(low, high, most)).toEqual(expected);
});

it("puts a value between its ends", () => {
  expect([share(5, 0, 10), share(3, 3, 3)]).toEqual([0.5, 0.5]);
});

it("writes years as years", () => {
  expect([2024, 0.30000000000000004].map(axisText)).toEqual(["2024", "0.3"]);
});
