import { encodeJson, encodeJsonString } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { compareCodePoints } from "@notemill/json";
import { cellToJson } from "./cell-to-json.ts";
import type { Cell, Notebook } from "./notebook.ts";
import { TRANSIENT_METADATA } from "./transient-metadata.ts";
import { withoutKeys } from "./without-keys.ts";

/** How a notebook is written. */
export interface EncodeNotebookOptions {
  /** End the text with a line break, as Jupyter does for files and papermill does not. Default false. */
  readonly trailingNewline?: boolean;
}

/**
 * Writes a notebook document as Jupyter's nbformat does: keys sorted by code
 * point, one space of indent, text as lists of lines, characters unescaped.
 *
 * Numbers are written as they were read, so a `NaN` that was in the file stays.
 */
export function encodeNotebook(notebook: Notebook, options: EncodeNotebookOptions = {}): string {
  const keys = Object.keys(notebook).sort(compareCodePoints);
  const entries = keys.map((key) => ` ${encodeJsonString(key)}: ${encodeEntry(notebook, key)}`);
  return `{\n${entries.join(",\n")}\n}${options.trailingNewline ? "\n" : ""}`;
}

/** Writes one cell as it stands in the file, without the white space around it. */
export function encodeCell(cell: Cell): string {
  return encodeJson(cellToJson(cell), { indent: 1, sortKeys: true, depth: 2 });
}

function encodeEntry(notebook: Notebook, key: string): string {
  if (key === "cells") return encodeCells(notebook.cells);
  const value =
    key === "metadata"
      ? withoutKeys(notebook.metadata, TRANSIENT_METADATA)
      : ((notebook as unknown as Record<string, JsonValue>)[key] ?? null);
  return encodeJson(value, { indent: 1, sortKeys: true, depth: 1 });
}

function encodeCells(cells: readonly Cell[]): string {
  if (cells.length === 0) return "[]";
  return `[\n  ${cells.map(encodeCell).join(",\n  ")}\n ]`;
}
