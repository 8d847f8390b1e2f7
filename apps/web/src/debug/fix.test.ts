import { type Notebook, readNotebook } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { draftText, type Fix, fixesBetween, fixFile } from "./fix.ts";

const FIX: Fix = { cellId: "b", before: "x / 0", source: "x / 1" };

/** The text of a file as its author has written it. */
function fileOf(sources: Readonly<Record<string, string>>, minor = 5): string {
  const cells = Object.entries(sources).map(([id, source]) => ({
    ...(minor < 5 ? {} : { id }),
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: minor }, null, 3);
}

function documentOf(text: string): Notebook {
  return readNotebook(text, { newId: () => "new" }).notebook;
}

describe("fixFile", () => {
  it.each<[string, string, string]>([
    ["puts the fix into its cell", fileOf({ a: "1", b: "x / 0" }), "fixed"],
    ["finds the cell by its source in a file without ids", fileOf({ a: "1", b: "x / 0" }, 4), "fixed"],
    ["leaves a file that has it", fileOf({ b: "x / 1" }), "same"],
    ["stops at a cell that was changed since", fileOf({ b: "x / 2" }), "conflict"],
    ["stops where the cell is gone", fileOf({ a: "x / 0" }), "conflict"],
    ["stops where two cells without ids are alike", fileOf({ a: "x / 0", b: "x / 0" }, 4), "conflict"],
  ])("%s", (_what, text, kind) => {
    expect(fixFile(text, [FIX]).kind).toBe(kind);
  });

  it("changes nothing else in the file", () => {
    const text = fileOf({ a: "é = 1.0", b: "x / 0" });
    expect(fixFile(text, [FIX])).toEqual({ kind: "fixed", text: text.replace("x / 0", "x / 1") });
  });

  it("says what is there instead, and takes it over when it is told to", () => {
    const text = fileOf({ b: "x / 2" });
    expect(fixFile(text, [FIX])).toMatchObject({ cells: [{ fix: FIX, current: "x / 2" }] });
    expect(fixFile(text, [FIX], { mode: "replace" })).toMatchObject({ kind: "fixed" });
    expect(fixFile(fileOf({ a: "1" }), [FIX], { mode: "replace" })).toMatchObject({ kind: "conflict" });
  });
});

const OUTPUT: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "python3" }, papermill: { version: "x" }, notemill: { status: "failed" } },
  cells: [
    { cell_type: "markdown", id: "note", metadata: { tags: ["papermill-error-cell-tag"] }, source: "failed" },
    {
      cell_type: "code",
      id: "b",
      metadata: { papermill: { status: "failed" }, tags: ["mine"] },
      source: "x / 0",
      execution_count: 1,
      outputs: [],
    },
  ],
};

it("makes a draft that no longer says that it is the output of a run", () => {
  const draft = documentOf(draftText(OUTPUT, [FIX]));
  expect(draft.metadata).toEqual({ kernelspec: { name: "python3" } });
  expect(draft.cells).toMatchObject([{ id: "b", source: "x / 1", metadata: { tags: ["mine"] } }]);
  expect(draft.cells[0]?.metadata).not.toHaveProperty("papermill");
});

it("finds the cells that a run had otherwise than the one before", () => {
  const now: Notebook = {
    ...OUTPUT,
    cells: OUTPUT.cells.map((cell) => ({ ...cell, source: `${cell.source}1` })),
  };
  expect(fixesBetween({ ...OUTPUT, cells: OUTPUT.cells.slice(1) }, now)).toEqual([
    { cellId: "b", before: "x / 0", source: "x / 01" },
  ]);
});
