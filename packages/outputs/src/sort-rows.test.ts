import type { DataTable } from "@notemill/html-export";
import { expect, it } from "vitest";
import { nextSorting, sortedRows } from "./sort-rows.ts";

function table(values: readonly string[], isNumber: boolean): DataTable {
  return {
    columns: [{ name: "a", isNumber, isKey: false }],
    rowCount: values.length,
    cells: (row) => [values[row] ?? ""],
  };
}

it.each([
  [["10", "9", "", "-1", "NaN"], true, "ascending", "-1 9 10 NaN "],
  [["10", "9", "", "-1", "NaN"], true, "descending", "NaN 10 9 -1 "],
  [["b10", "b9", "", "a"], false, "ascending", "a b9 b10 "],
  [["x", "x", "a"], false, "descending", "x x a"],
] as const)("sorts %j", (values, isNumber, direction, expected) => {
  const rows = sortedRows(table(values, isNumber), { column: 0, direction });
  expect(rows.map((row) => values[row]).join(" ")).toBe(expected);
});

it("keeps the order of what is equal, and of all without a sorting", () => {
  expect(sortedRows(table(["x", "x", "x"], false), { column: 0, direction: "descending" })).toEqual([
    0, 1, 2,
  ]);
  expect(sortedRows(table(["b", "a"], false), null)).toEqual([0, 1]);
});

it("goes up, down, and back", () => {
  const up = nextSorting(null, 1);
  const down = nextSorting(up, 1);
  expect([up?.direction, down?.direction, nextSorting(down, 1), nextSorting(down, 0)?.column]).toEqual([
    "ascending",
    "descending",
    null,
    0,
  ]);
});
