import { createNotebookRenderer } from "@notemill/html-export";
import { readNotebook } from "@notemill/nbformat";
import { expect, it } from "vitest";
import { cellsAround, sectionsOf } from "./sections.ts";

/** What is in the cells of a notebook; what begins with `x` is code. */
function partsOf(...sources: readonly string[]) {
  const cells = sources.map((source, at) => ({
    id: `c${at}`,
    metadata: {},
    source,
    ...(source.startsWith("x")
      ? { cell_type: "code", execution_count: null, outputs: [] }
      : { cell_type: "markdown" }),
  }));
  const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
  return createNotebookRenderer(readNotebook(text, { newId: () => "new" }).notebook).parts;
}

/** `within`, `heading` and `count` of each cell. */
function check(sources: readonly string[]): readonly string[] {
  return [...sectionsOf(partsOf(...sources)).values()].map(
    ({ within, heading, count }) => `${within.join(" ")}|${heading}|${count}`,
  );
}

it("has cells below headings, up to one that is not lower", () => {
  expect(check(["# Title", "x", "## A *b*", "x", "### C", "x", "words", "## D", "x"])).toEqual([
    "||0",
    "||0",
    "|A b|4",
    "cell-c2||0",
    "cell-c2|C|2",
    "cell-c2 cell-c4||0",
    "cell-c2 cell-c4||0",
    "|D|1",
    "cell-c7||0",
  ]);
});

it("ends a section where a higher heading is anywhere in a cell, and begins none in the middle of one", () => {
  expect(check(["# Title", "## A", "x", "words\n\n## B", "x"])).toEqual([
    "||0",
    "|A|1",
    "cell-c1||0",
    "||0",
    "||0",
  ]);
});

it("says which cells are around a heading, and around a cell", () => {
  const parts = partsOf("# Title", "## A", "### Below", "x");
  const id = / id="([^"]*)"/.exec(parts[2]?.text ?? "")?.[1] ?? "";
  expect(cellsAround(parts, id)).toEqual(["cell-c1"]);
  expect(cellsAround(parts, "cell-c3")).toEqual(["cell-c1", "cell-c2"]);
  expect(cellsAround(parts, "nothing")).toEqual([]);
});
