import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Notebook } from "../notebook.ts";
import { compareNotebooks } from "./compare-notebooks.ts";

/** `id:source` for each cell; `/` breaks lines. */
function notebook(...cells: readonly string[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((text) => {
      const [id = "", source = ""] = text.split(":");
      const lines = source.replaceAll("/", "\n");
      return { cell_type: "code", id, metadata: {}, source: lines, execution_count: null, outputs: [] };
    }),
  };
}

/** Each pair as `a>b`, with `~` for sources that differ, and `!` for what has moved. */
function pairs(before: readonly string[], after: readonly string[]): string {
  return compareNotebooks(notebook(...before), notebook(...after))
    .map(({ before: earlier, after: later, isMoved, source }) => {
      const isSame = source.every(({ kind }) => kind === "same");
      return `${earlier?.id ?? ""}>${later?.id ?? ""}${isSame ? "" : "~"}${isMoved ? "!" : ""}`;
    })
    .join(" ");
}

describe("compareNotebooks", () => {
  it.each<[string, string[], string[], string]>([
    ["nothing", ["a:1", "b:2"], ["a:1", "b:2"], "a>a b>b"],
    ["a cell with another source", ["a:1", "b:2"], ["a:1", "b:3"], "a>a b>b~"],
    ["a new cell", ["a:1"], ["n:0", "a:1"], ">n~ a>a"],
    ["a cell that is gone, where it was", ["a:1", "b:2", "c:3"], ["a:1", "c:3"], "a>a b>~ c>c"],
    ["the one cell that has moved", ["a:1", "b:2", "c:3"], ["c:3", "a:1", "b:2"], "c>c! a>a b>b"],
    ["cells with other ids by their sources", ["a:1", "b:2"], ["x:0", "y:1", "z:2"], ">x~ a>y b>z"],
    ["cells with other ids by sources alike", ["a:1/2/3/4"], ["x:1/2/9/4"], "a>x~"],
    ["cells with other ids that are not alike", ["a:1/2/3"], ["x:7/8/3"], ">x~ a>~"],
    ["alike cells only between their neighbours", ["a:1/2", "b:5"], ["b:5", "x:1/3"], "a>~ b>b >x~"],
  ])("finds %s", (_what, before, after, expected) => {
    expect(pairs(before, after)).toBe(expected);
  });

  it("has each cell of both once, in the order of the later one", () => {
    const cell = fc
      .tuple(fc.constantFrom(..."abcdef"), fc.constantFrom("1", "1/2", "1/3", "4", ""))
      .map(([id, source]) => `${id}:${source}`);
    const cells = fc.uniqueArray(cell, { selector: (text) => text[0] ?? "", maxLength: 6 });
    fc.assert(
      fc.property(cells, cells, (before, after) => {
        const found = compareNotebooks(notebook(...before), notebook(...after));
        const idsOf = (side: "before" | "after"): string[] => found.flatMap((pair) => pair[side]?.id ?? []);
        expect(idsOf("after")).toEqual(after.map((text) => text[0]));
        expect(idsOf("before").toSorted()).toEqual(before.map((text) => text[0]).toSorted());
      }),
    );
  });
});
