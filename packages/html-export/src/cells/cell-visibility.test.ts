import type { JsonObject } from "@notemill/json";
import type { Cell, Notebook } from "@notemill/nbformat";
import { describe, expect, it } from "vitest";
import { cellVisibility } from "./cell-visibility.ts";

function visibility(type: Cell["cell_type"], metadata: JsonObject, notebook: JsonObject = {}): string {
  const base = { id: "a", metadata, source: "x" };
  const cell: Cell =
    type === "code"
      ? { ...base, cell_type: type, execution_count: 1, outputs: [] }
      : { ...base, cell_type: type };
  const document: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: notebook, cells: [cell] };
  const { source, outputs } = cellVisibility(cell, document);
  return `${source} ${outputs}`;
}

describe("cellVisibility of code", () => {
  it.each([
    ["nothing", {}, "shown shown"],
    ["JupyterLab, and papermill's report mode", { jupyter: { source_hidden: true } }, "hidden shown"],
    ["JupyterLab's hidden outputs", { jupyter: { outputs_hidden: true } }, "shown hidden"],
    ["hide-input", { tags: ["hide-input"] }, "hidden shown"],
    ["hide_input", { tags: ["x", "hide_input"] }, "hidden shown"],
    ["hide-output", { tags: ["hide-output"] }, "shown hidden"],
    ["hide-cell", { tags: ["hide-cell"] }, "hidden hidden"],
    ["remove-input", { tags: ["remove-input"] }, "removed shown"],
    ["remove-output", { tags: ["remove-output"] }, "shown removed"],
    ["remove-cell", { tags: ["remove-cell"] }, "removed removed"],
    ["both, of which the stronger counts", { tags: ["hide-cell", "remove-input"] }, "removed hidden"],
    ["Colab's forms", { cellView: "form" }, "hidden shown"],
    ["the extension", { hide_input: true }, "hidden shown"],
    ["nteract", { inputHidden: true, outputHidden: true }, "hidden hidden"],
    ["classic's collapsed outputs", { collapsed: true }, "shown hidden"],
    ["nbsphinx", { nbsphinx: "hidden" }, "hidden hidden"],
    [
      "values of the wrong type",
      { jupyter: [1], tags: { 0: "hide-cell" }, hide_input: "yes" },
      "shown shown",
    ],
  ])("follows %s", (_what, metadata, expected) => {
    expect(visibility("code", metadata as JsonObject)).toBe(expected);
  });

  it("follows the extension's switch for the whole notebook", () => {
    expect(visibility("code", {}, { hide_input: true })).toBe("hidden shown");
  });
});

describe("cellVisibility of text", () => {
  it.each([
    ["hide-cell", { tags: ["hide-cell"] }, "hidden hidden"],
    ["remove-cell", { tags: ["remove_cell"] }, "removed removed"],
    ["JupyterLab", { jupyter: { source_hidden: true } }, "hidden shown"],
    ["not what is about code", { tags: ["hide-input", "remove-input"] }, "shown shown"],
  ])("follows %s", (_what, metadata, expected) => {
    expect(visibility("markdown", metadata)).toBe(expected);
  });
});
