import type { Cell, Notebook } from "./notebook.ts";
import { createNotebookEncoder } from "./notebook-encoder.ts";
import type { EncodeNotebookOptions } from "./notebook-encoder.ts";

/**
 * Writes a notebook document as Jupyter's nbformat does: keys sorted by code
 * point, one space of indent, text as lists of lines, characters unescaped.
 *
 * Numbers are written as they were read, so a `NaN` that was in the file stays.
 * To write the same document again and again, use {@link createNotebookEncoder}.
 */
export function encodeNotebook(notebook: Notebook, options: EncodeNotebookOptions = {}): string {
  return createNotebookEncoder(options).encode(notebook).join("");
}

/** Writes one cell as it stands in the file, without the white space around it. */
export function encodeCell(cell: Cell, options: EncodeNotebookOptions = {}): string {
  return createNotebookEncoder(options).encodeCell(cell);
}
