import { encodeJson, isJsonObject, JsonError, parseJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { cellFromJson } from "./cell-from-json.ts";
import { isJsonMimeType } from "./json-mime-type.ts";
import type { Cell, CellId, Notebook } from "./notebook.ts";
import { NotebookError } from "./notebook-error.ts";
import type { NotebookPath, NotebookProblem } from "./notebook-problem.ts";
import { objectOf } from "./output-from-json.ts";
import type { Reading } from "./reading.ts";
import { TRANSIENT_METADATA } from "./transient-metadata.ts";
import { withoutKeys } from "./without-keys.ts";

/** Where ids of cells come from, and how much is read. */
export interface ReadNotebookOptions {
  /** Called for every cell that has no usable id. Jupyter uses 8 hexadecimal digits. */
  readonly newId: () => CellId;
  /** Deepest nesting of arrays and objects. Default 500. */
  readonly maxDepth?: number;
  /** Most values that are built; data of JSON types does not count. Default 10,000,000. */
  readonly maxValues?: number;
}

/** A notebook document and what was wrong with the text it came from. */
export interface ReadNotebookResult {
  readonly notebook: Notebook;
  readonly problems: readonly NotebookProblem[];
}

/**
 * Reads the text of an `.ipynb` file and upgrades it to nbformat 4.5.
 *
 * Breaches of the format that a notebook survives are reported in `problems`
 * and put right in the notebook.
 *
 * @throws {@link NotebookError} `NOTEBOOK_NOT_JSON`, `NOTEBOOK_NOT_A_NOTEBOOK`,
 * `NOTEBOOK_VERSION_UNSUPPORTED`, `NOTEBOOK_INVALID`, `NOTEBOOK_TOO_COMPLEX`.
 */
export function readNotebook(text: string, options: ReadNotebookOptions): ReadNotebookResult {
  const root = parseRoot(text, options);
  if (!isJsonObject(root)) {
    throw new NotebookError("NOTEBOOK_NOT_A_NOTEBOOK", `a notebook is a JSON object, found ${shown(root)}`);
  }
  if (root.nbformat !== 4) {
    throw new NotebookError(
      "NOTEBOOK_VERSION_UNSUPPORTED",
      `nbformat ${shown(root.nbformat)} is not supported, expected 1 to 4`,
    );
  }
  const reading: Reading = { newId: options.newId, usedIds: new Set(), problems: [] };
  return { notebook: notebookFromJson(root, reading), problems: reading.problems };
}

function notebookFromJson(root: JsonObject, reading: Reading): Notebook {
  return {
    ...root,
    nbformat: 4,
    nbformat_minor: 5,
    metadata: withoutKeys(objectOf(root.metadata), TRANSIENT_METADATA),
    cells: cellsOf(root.cells, reading),
  };
}

function cellsOf(value: JsonValue | undefined, reading: Reading): readonly Cell[] {
  if (!Array.isArray(value)) throw invalid(["cells"], `cells must be a list, found ${shown(value)}`);
  return value.map((cell: JsonValue, index) => {
    if (isJsonObject(cell)) return cellFromJson(cell, index, reading);
    throw invalid(["cells", index], `cell ${index} must be an object, found ${shown(cell)}`);
  });
}

function parseRoot(text: string, options: ReadNotebookOptions): JsonValue {
  try {
    return parseJson(text, { ...options, keepRaw });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const code = error.code === "JSON_INVALID" ? "NOTEBOOK_NOT_JSON" : "NOTEBOOK_TOO_COMPLEX";
    throw new NotebookError(code, `not a notebook: ${error.message}`, {
      cause: error,
      details: error.details,
    });
  }
}

/** Leaves data of JSON types unread: in outputs and in attachments. */
function keepRaw(path: NotebookPath): boolean {
  if (path[0] !== "cells") return false;
  const isData = path.length === 6 ? path[4] === "data" : path.length === 5 && path[2] === "attachments";
  return isData && isJsonMimeType(String(path.at(-1)));
}

function invalid(path: NotebookPath, message: string): NotebookError {
  return new NotebookError("NOTEBOOK_INVALID", message, { details: { path } });
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  const text = encodeJson(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
