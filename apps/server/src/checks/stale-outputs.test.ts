import type { CodeCell, Notebook, Output } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { cellsOutOfOrder, staleCells } from "./stale-outputs.ts";

const printed = (text: string, name = "stdout"): Output => ({ output_type: "stream", name, text });
const shown = (data: Record<string, string>): Output => ({ output_type: "display_data", data, metadata: {} });

function cell(id: string, count: number | null, ...outputs: Output[]): CodeCell {
  return { cell_type: "code", id, metadata: {}, source: "", execution_count: count, outputs };
}

const notebook = (...cells: CodeCell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells,
});

describe("staleCells", () => {
  const ids = (saved: CodeCell, now: CodeCell): string[] =>
    staleCells(notebook(saved), notebook(cell("injected", 1), now)).map(({ cell_id: id }) => id);

  it.each<[string, CodeCell, CodeCell, string[]]>([
    ["the same text", cell("a", 7, printed("1\n")), cell("a", 1, printed("1\n")), []],
    [
      "text in other pieces",
      cell("a", 7, printed("1\n2\n")),
      cell("a", 1, printed("1\n"), printed("2\n")),
      [],
    ],
    ["another text", cell("a", 7, printed("1\n")), cell("a", 1, printed("2\n")), ["a"]],
    ["nothing saved", cell("a", null), cell("a", 1, printed("2\n")), []],
    ["nothing given", cell("a", 7, printed("1\n")), cell("a", 1), ["a"]],
    ["a cell that did not run", cell("a", 7, printed("1\n")), cell("a", null), []],
    ["warnings", cell("a", 7, printed("1"), printed("slow", "stderr")), cell("a", 1, printed("1")), []],
    [
      "addresses and pictures",
      cell("a", 7, shown({ "text/plain": "<X at 0x7f00aa>", "image/png": "AAAA" })),
      cell("a", 1, shown({ "text/plain": "<X at 0x7fbbcc>", "image/png": "BBBB" })),
      [],
    ],
    [
      "a table in place of text",
      cell("a", 7, shown({ "text/plain": "x" })),
      cell("a", 1, shown({ "text/plain": "x", "text/html": "x" })),
      ["a"],
    ],
  ])("compares %s", (_what, saved, now, expected) => {
    expect(ids(saved, now)).toEqual(expected);
  });
});

describe("cellsOutOfOrder", () => {
  it.each<[readonly (number | null)[], readonly number[]]>([
    [[1, 2, 3], []],
    [[1, null, 5, 9], []],
    [[4, 2, 5], [1]],
    [[3, 3], [1]],
    [
      [9, 1, 2, 10],
      [1, 2],
    ],
  ])("in %j finds %j", (counts, expected) => {
    const found = cellsOutOfOrder(notebook(...counts.map((count, at) => cell(`c${at}`, count))));
    expect(found.map(({ cell_index: index }) => index)).toEqual(expected);
  });
});
