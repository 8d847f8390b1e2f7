import { expect, it } from "vitest";
import { comparisonHref, isComparable, isFull, type PickedRun, toggled } from "./picks.ts";

const [OLD, NEW, OTHER] = ["1", "2", "3"].map((digit) => ({
  id: `${digit}0000000-0000-7000-8000-000000000000`,
  path: `/shared/${digit}.ipynb`,
})) as [PickedRun, PickedRun, PickedRun];

it("picks two, lets go of one, and takes no third", () => {
  expect(toggled([], NEW)).toEqual([NEW]);
  expect(isFull([NEW])).toBe(false);
  expect(isFull(toggled([NEW], OLD))).toBe(true);
  expect(toggled([NEW, OLD], OTHER)).toEqual([NEW, OLD]);
  expect(toggled([NEW, OLD], NEW)).toEqual([OLD]);
});

it("compares the older one with the newer one, whichever was picked first", () => {
  const expected = `/compare?a=${OLD.id}&b=${NEW.id}`;
  expect([comparisonHref([NEW, OLD]), comparisonHref([OLD, NEW])]).toEqual([expected, expected]);
});

it.each([
  [{ is_sweep: false, started_at: "2026-03-02T12:00:00Z" }, true],
  [{ is_sweep: true, started_at: "2026-03-02T12:00:00Z" }, false],
  [{ is_sweep: false, started_at: null }, false],
])("says whether %j has a notebook", (run, expected) => {
  expect(isComparable(run)).toBe(expected);
});
