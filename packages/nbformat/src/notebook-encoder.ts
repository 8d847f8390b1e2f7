import { compareCodePoints, encodeJson, encodeJsonString } from "@notemill/json";
import type { EncodeJsonOptions, JsonValue } from "@notemill/json";
import { cellToJson } from "./cell-to-json.ts";
import type { Cell, Notebook, NotebookMetadata } from "./notebook.ts";
import { TRANSIENT_METADATA } from "./transient-metadata.ts";
import { withoutKeys } from "./without-keys.ts";

/** How a notebook is written. */
export interface EncodeNotebookOptions {
  /** End the text with a line break, as Jupyter does for files and papermill does not. Default false. */
  readonly trailingNewline?: boolean;
  /**
   * How a plain `NaN` or infinite `number` is written: as the string `"NaN"`,
   * or as Python's literal, which strict JSON readers refuse. Such a number was
   * added by us: one that came from a file is a `JsonNumber` and stays a
   * literal. Default `"string"`.
   */
  readonly nonFinite?: "string" | "literal";
}

/** Writes versions of a document one after the other, and encodes only what changed since the last. */
export interface NotebookEncoder {
  /**
   * Gives the text of the whole notebook in chunks, to be written one after the other.
   *
   * A cell that is the same object as before costs nothing but its cached text,
   * which lives as long as the cell does.
   */
  encode(notebook: Notebook): readonly string[];
  /** Writes one cell as it stands in the file, without the white space around it. */
  encodeCell(cell: Cell): string;
}

/**
 * Makes a writer in the style of Jupyter's nbformat: keys sorted by code point,
 * one space of indent, text as lists of lines, characters unescaped.
 */
export function createNotebookEncoder(options: EncodeNotebookOptions = {}): NotebookEncoder {
  const style: EncodeJsonOptions = { indent: 1, sortKeys: true, nonFinite: options.nonFinite ?? "string" };
  const encodeCell = cached((cell: Cell) => encodeJson(cellToJson(cell), { ...style, depth: 2 }));
  const encodeMetadata = cached((metadata: NotebookMetadata) =>
    encodeJson(withoutKeys(metadata, TRANSIENT_METADATA), { ...style, depth: 1 }),
  );
  const encode = (notebook: Notebook): readonly string[] => {
    const chunks: string[] = [];
    for (const key of Object.keys(notebook).sort(compareCodePoints)) {
      chunks.push(`${chunks.length === 0 ? "{" : ","}\n ${encodeJsonString(key)}: `);
      if (key === "cells") pushCells(chunks, notebook.cells, encodeCell);
      else if (key === "metadata") chunks.push(encodeMetadata(notebook.metadata));
      else chunks.push(encodeJson(fieldOf(notebook, key), { ...style, depth: 1 }));
    }
    chunks.push(options.trailingNewline ? "\n}\n" : "\n}");
    return chunks;
  };
  return { encode, encodeCell };
}

function pushCells(chunks: string[], cells: readonly Cell[], encodeCell: (cell: Cell) => string): void {
  cells.forEach((cell, index) => chunks.push(index === 0 ? "[\n  " : ",\n  ", encodeCell(cell)));
  chunks.push(cells.length === 0 ? "[]" : "\n ]");
}

/** A field beside the known ones, which came from a file that has more than nbformat defines. */
function fieldOf(notebook: Notebook, key: string): JsonValue {
  return (notebook as unknown as Readonly<Record<string, JsonValue>>)[key] ?? null;
}

/** Remembers the text of each value for as long as the value lives. */
function cached<T extends object>(encode: (value: T) => string): (value: T) => string {
  const texts = new WeakMap<T, string>();
  return (value) => {
    const known = texts.get(value);
    if (known !== undefined) return known;
    const text = encode(value);
    texts.set(value, text);
    return text;
  };
}
