import type { Cell, CodeCell, Notebook } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";

import { injectedParametersCell, injectParameters } from "./inject-parameters.ts";

const fresh = injectedParametersCell("fresh", "# Parameters\nx = 1\n");
const imports = cell("imports");
const report = cell("report");
const defaults = cell("defaults", "parameters");
const stale = cell("stale", "injected-parameters");

function cell(id: string, ...tags: string[]): CodeCell {
  const metadata = tags.length > 0 ? { tags } : {};
  return { cell_type: "code", execution_count: null, id, metadata, outputs: [], source: id };
}

function notebook(cells: readonly Cell[]): Notebook {
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

describe("injectParameters", () => {
  it.each<[string, readonly Cell[], string]>([
    ["at the top when no cell is tagged", [imports, report], "fresh imports report"],
    ["after the parameters cell", [imports, defaults, report], "imports defaults fresh report"],
    ["in place of an earlier injection", [defaults, report, stale], "defaults report fresh"],
    [
      "in place of the first of two injections",
      [stale, defaults, { ...stale, id: "later" }],
      "fresh defaults later",
    ],
    [
      "after the first of two parameters cells",
      [defaults, { ...defaults, id: "more" }],
      "defaults fresh more",
    ],
    ["into an empty notebook", [], "fresh"],
    [
      "after a Markdown cell with the tag",
      [{ cell_type: "markdown", id: "m", metadata: { tags: ["parameters"] }, source: "" }, report],
      "m fresh report",
    ],
    [
      "at the top when the tags are no list",
      [{ ...imports, metadata: { tags: "parameters" } }],
      "fresh imports",
    ],
  ])("puts the cell %s", (_where, cells, expected) => {
    const { cells: result } = injectParameters(notebook(cells), fresh);
    expect(result.map(({ id }) => id).join(" ")).toBe(expected);
  });

  it("keeps every other cell, and the given notebook, as they are", () => {
    const given = notebook([imports, defaults, report]);
    const result = injectParameters(given, fresh);
    expect(result.cells[0]).toBe(imports);
    expect(result.cells[3]).toBe(report);
    expect(given.cells).toEqual([imports, defaults, report]);
  });
});

describe("injectedParametersCell", () => {
  it("makes a code cell with one tag", () => {
    expect(fresh).toEqual({
      cell_type: "code",
      execution_count: null,
      id: "fresh",
      metadata: { tags: ["injected-parameters"] },
      outputs: [],
      source: "# Parameters\nx = 1\n",
    });
  });
});
