import { expect, it } from "vitest";
import { compareRows } from "./row-edits.ts";

const table = (headColumns: number, ...rows: readonly string[]) => ({
  head: [],
  headColumns,
  rows: rows.map((row) => row.split(" ")),
});

const MARKS = { same: " ", removed: "-", added: "+" };

it.each([
  [
    "rows of the same key",
    table(1, "a 1", "b 2", "c 3"),
    table(1, "a 4", "b 5"),
    "-a 1*|+a 4*|-b 2*|+b 5*|-c 3",
  ],
  [
    "rows that are new among those with a key",
    table(0, "a 1", "c 3"),
    table(0, "a 1", "b 2", "c 4"),
    " a 1|+b 2|-c 3*|+c 4*",
  ],
  ["keys of two levels", table(2, "a x 1", "a y 2"), table(2, "a x 1", "a y 3"), " a x 1|-a y 2*|+a y 3*"],
  [
    "rows in the same place where a key is there twice",
    table(0, "a 1", "a 2"),
    table(0, "a 3", "a 4"),
    "-a 1*|+a 3*|-a 2*|+a 4*",
  ],
  [
    "rows in the same place where no key is shared",
    table(0, "a 1", "b 1"),
    table(0, "c 1", "d 1"),
    "-a* 1|+c* 1|-b* 1|+d* 1",
  ],
  ["rows at the end", table(0, "a"), table(0, "a", "b"), " a|+b"],
  ["a column that is new", table(1, "a 1"), table(1, "a 1 2"), "-a 1|+a 1 2*"],
])("pairs %s", (_what, before, after, expected) => {
  const found = compareRows(before, after).map(
    ({ kind, cells, changed }) =>
      MARKS[kind] + cells.map((cell, at) => (changed.includes(at) ? `${cell}*` : cell)).join(" "),
  );
  expect(found.join("|")).toBe(expected);
});
