import { expect, it } from "vitest";
import { mergeSets } from "./read-sets.ts";

it("refuses what is the same for all where all together would be too long", () => {
  const text = JSON.stringify({ a: "x".repeat(2 ** 20) });
  const points = (count: number) => Array.from({ length: count }, (_, index) => new Map([["b", index]]));
  expect(mergeSets(text, points(63))).toHaveLength(63);
  expect(() => mergeSets(text, points(64))).toThrow(expect.objectContaining({ code: "SWEEP_TOO_LARGE" }));
});
