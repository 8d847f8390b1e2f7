import type { JsonObject } from "@notemill/json";
import type { Cell, Notebook } from "@notemill/nbformat";
import { objectAt, valueAt } from "../read-json.ts";
import { cellTags } from "./cell-tags.ts";

/** How a notebook wants a part of a cell to be seen. Hidden parts can be unfolded, removed ones are gone. */
export type Visibility = "shown" | "hidden" | "removed";

/** How a notebook wants a cell to be seen. */
export interface CellVisibility {
  /** Of the code of a code cell, and of the whole of any other. */
  readonly source: Visibility;
  readonly outputs: Visibility;
}

/**
 * Reads what the tools of the field write to hide parts of a cell: JupyterLab
 * and papermill's report mode (`jupyter.source_hidden`), Jupyter Book's tags,
 * Colab's forms, the "hide input" extension, nteract and nbsphinx.
 */
export function cellVisibility(cell: Cell, notebook: Notebook): CellVisibility {
  const tags = cellTags(cell);
  const isCode = cell.cell_type === "code";
  const whole: Visibility = hasTag(tags, "remove-cell")
    ? "removed"
    : isHiddenCell(cell, tags)
      ? "hidden"
      : "shown";
  const source =
    isCode && hasTag(tags, "remove-input")
      ? "removed"
      : isSourceHidden(cell, notebook, tags)
        ? "hidden"
        : "shown";
  const outputs = hasTag(tags, "remove-output")
    ? "removed"
    : areOutputsHidden(cell, tags)
      ? "hidden"
      : "shown";
  return { source: stronger(whole, source), outputs: stronger(whole, outputs) };
}

function isHiddenCell({ metadata }: Cell, tags: ReadonlySet<string>): boolean {
  return hasTag(tags, "hide-cell") || valueAt(metadata, "nbsphinx") === "hidden";
}

function isSourceHidden(
  { metadata, cell_type: type }: Cell,
  notebook: Notebook,
  tags: ReadonlySet<string>,
): boolean {
  if (valueAt(objectAt(metadata, "jupyter"), "source_hidden") === true) return true;
  if (type !== "code") return false;
  return (
    hasTag(tags, "hide-input") ||
    isTrue(metadata, "hide_input", "inputHidden") ||
    isTrue(notebook.metadata, "hide_input") ||
    valueAt(metadata, "cellView") === "form"
  );
}

function areOutputsHidden({ metadata }: Cell, tags: ReadonlySet<string>): boolean {
  return (
    hasTag(tags, "hide-output") ||
    valueAt(objectAt(metadata, "jupyter"), "outputs_hidden") === true ||
    isTrue(metadata, "hide_output", "outputHidden", "collapsed")
  );
}

/** Tags are written with hyphens, and in older books with underscores. */
function hasTag(tags: ReadonlySet<string>, tag: string): boolean {
  return tags.has(tag) || tags.has(tag.replaceAll("-", "_"));
}

function isTrue(metadata: JsonObject, ...keys: readonly string[]): boolean {
  return keys.some((key) => valueAt(metadata, key) === true);
}

function stronger(a: Visibility, b: Visibility): Visibility {
  const order: readonly Visibility[] = ["shown", "hidden", "removed"];
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}
