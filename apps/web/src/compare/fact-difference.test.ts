import { expect, it } from "vitest";
import { changeOf, pairValues } from "./fact-difference.ts";

it("pairs values by name, as they were written, and says how much numbers differ", () => {
  expect(pairValues('{"a":1.0,"b":"x"}', '{"a":1.5,"c":null}')).toEqual([
    { name: "a", before: "1.0", after: "1.5", change: "+50 %" },
    { name: "b", before: "x", after: null, change: null },
    { name: "c", before: null, after: "null", change: null },
  ]);
});

it("takes what one side was not given from its defaults", () => {
  const defaults = [new Map([["a", 2]]), new Map([["b", "y"]])] as const;
  expect(pairValues('{"b":"x"}', '{"a":3,"c":1}', defaults)).toEqual([
    { name: "b", before: "x", after: "y (default)", change: null },
    { name: "a", before: "2 (default)", after: "3", change: "+50 %" },
    { name: "c", before: null, after: "1", change: null },
  ]);
});

it.each([
  [10, 10, null],
  [2014, 2015, null],
  [10, 9.95, "−0.5 %"],
  [-4, -5, "−25 %"],
  [0, 5, null],
  [1, 31, "+3,000 %"],
])("from %s to %s is %s", (before, after, expected) => {
  expect(changeOf(before, after)).toBe(expected);
});
