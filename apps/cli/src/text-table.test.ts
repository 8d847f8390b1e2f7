import { describe, expect, it } from "vitest";
import { textTable } from "./text-table.ts";

const columns = [
  { title: "alpha", align: "right" as const },
  { title: "status" },
  { title: "notebook", cut: "start" as const },
];
const rows = [
  ["0.2", "succeeded", "experiment-sweep/001.ipynb"],
  ["0.6", "failed", "experiment-sweep/002.ipynb"],
];

function table(width?: number): readonly string[] {
  return textTable(columns, rows, { width }).split("\n");
}

describe("textTable", () => {
  it("is as wide as its cells where nothing limits it, or where it fits", () => {
    expect(table()).toEqual([
      "alpha  status     notebook",
      "─────  ─────────  ──────────────────────────",
      "  0.2  succeeded  experiment-sweep/001.ipynb",
      "  0.6  failed     experiment-sweep/002.ipynb",
    ]);
    expect(table(44)).toEqual(table());
  });

  it("cuts the start of a path", () => {
    expect(table(36)).toEqual([
      "alpha  status     notebook",
      "─────  ─────────  ──────────────────",
      "  0.2  succeeded  …t-sweep/001.ipynb",
      "  0.6  failed     …t-sweep/002.ipynb",
    ]);
  });

  it("makes a block of every row where cutting is not enough", () => {
    expect(table(25)).toEqual([
      "alpha     0.2",
      "status    succeeded",
      "notebook  experiment-swee",
      "          p/001.ipynb",
      "",
      "alpha     0.6",
      "status    failed",
      "notebook  experiment-swee",
      "          p/002.ipynb",
    ]);
  });

  it("breaks text at spaces", () => {
    const cells = ["which measurement: temp_max, temp_min or wind", "x"];
    expect(
      textTable([{ title: "Help" }, { title: "A long title of a column" }], [cells], { width: 34 }),
    ).toBe(
      [
        "Help               which",
        "                   measurement:",
        "                   temp_max,",
        "                   temp_min or",
        "                   wind",
        "A long title of …  x",
      ].join("\n"),
    );
  });

  it("never cuts a number", () => {
    const digits = "1".repeat(50);
    expect(textTable([{ title: "n", align: "right" }], [[digits]], { width: 30 })).toBe(
      `n  ${digits.slice(0, 27)}\n   ${digits.slice(27)}`,
    );
  });

  it.each([1, 8, 20, 30, 40, 60, 80])("fits %i columns", (width) => {
    const wide = [...columns, { title: "a column with a long name" }, { title: "error" }];
    const cells = rows.map((row) => [...row, "x", "e".repeat(5000)]);
    const lines = textTable(wide, cells, { width }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.max(width, 4));
  });
});
