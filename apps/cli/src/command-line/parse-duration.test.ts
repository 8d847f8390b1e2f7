import { expect, it } from "vitest";
import { parseDuration } from "./parse-duration.ts";

it.each([
  ["90", 90],
  ["1.5", 1.5],
  ["90s", 90],
  ["30m", 1800],
  ["1h30m", 5400],
  ["2d", 172_800],
  ["250ms", 0.25],
  ["-1", -1],
  ["", undefined],
  ["m", undefined],
  ["30 m", undefined],
  ["30mm", undefined],
])("reads %j as %j seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});
