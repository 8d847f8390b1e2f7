import { isJsonObject, JsonError, parseJson, parseJsonInSteps } from "@notemill/json";
import type { JsonLimits, JsonObject, JsonValue } from "@notemill/json";
import type { IdSource } from "./cell-id.ts";
import { cellFromJson } from "./cell-from-json.ts";
import { describeText } from "./describe-text.ts";
import { isJsonData, isText } from "./field-paths.ts";
import type { Cell, CellId, Notebook } from "./notebook.ts";
import { invalidNotebook, NotebookError } from "./notebook-error.ts";
import type { NotebookProblem } from "./notebook-problem.ts";
import { objectOf } from "./output-from-json.ts";
import { shownValue } from "./shown-value.ts";
import { TRANSIENT_METADATA } from "./transient-metadata.ts";
import { notebookVersion, upgradeNotebook } from "./upgrade-notebook.ts";
import type { NotebookVersion } from "./upgrade-notebook.ts";
import { validateNotebook } from "./validate-notebook.ts";
import { withoutKeys } from "./without-keys.ts";

/** Where ids of cells come from, and how much is read. Data of JSON types does not count as values. */
export interface ReadNotebookOptions extends JsonLimits {
  /** Called for every cell that has no usable id. Jupyter uses 8 hexadecimal digits. */
  readonly newId: () => CellId;
}

/** A notebook document and what was found out about the text it came from. */
export interface ReadNotebookResult {
  readonly notebook: Notebook;
  readonly problems: readonly NotebookProblem[];
  /** The version that the text had. */
  readonly version: NotebookVersion;
  /** Ids of cells that the text had none for, or none that could be used. */
  readonly newIds: ReadonlySet<CellId>;
}

/**
 * Reads the text of an `.ipynb` file of nbformat 1 to 4 and upgrades it to 4.5.
 *
 * Breaches of the format that a notebook survives are reported in `problems`
 * and put right in the notebook.
 *
 * @throws {@link NotebookError} `NOTEBOOK_NOT_JSON`, `NOTEBOOK_NOT_A_NOTEBOOK`,
 * `NOTEBOOK_VERSION_UNSUPPORTED`, `NOTEBOOK_INVALID`, `NOTEBOOK_TOO_COMPLEX`.
 */
export function readNotebook(text: string, options: ReadNotebookOptions): ReadNotebookResult {
  const root = asObject(parseRoot(text, options));
  const version = notebookVersion(root);
  const upgraded = upgradeNotebook(root, version);
  // An upgraded notebook has no ids yet, which nbformat 4.4 does not ask for.
  const problems = validateNotebook(version.major < 4 ? { ...upgraded, nbformat_minor: 4 } : root);
  const ids: IdSource = { newId: options.newId, usedIds: new Set(), newIds: new Set() };
  return { notebook: notebookFromJson(upgraded, ids), problems, version, newIds: ids.newIds };
}

/**
 * Reads a notebook document as {@link readNotebook} does, and stops behind every cell, so that whoever reads
 * a large one can do something else in between. What breaches the format is put right, and not reported.
 *
 * @throws {@link NotebookError} as {@link readNotebook}.
 */
export function* readNotebookInSteps(
  text: string,
  options: ReadNotebookOptions,
): Generator<undefined, Notebook> {
  let parsed: JsonValue;
  try {
    parsed = yield* parseJsonInSteps(text, "cells", { ...options, ...HOW_TO_READ });
  } catch (error) {
    throw explained(error, text);
  }
  const root = asObject(parsed);
  const upgraded = upgradeNotebook(root, notebookVersion(root));
  return notebookFromJson(upgraded, { newId: options.newId, usedIds: new Set(), newIds: new Set() });
}

function asObject(root: JsonValue): JsonObject {
  if (isJsonObject(root)) return root;
  throw new NotebookError(
    "NOTEBOOK_NOT_A_NOTEBOOK",
    `not a notebook: expected a JSON object, found ${shownValue(root)}`,
  );
}

function notebookFromJson(root: JsonObject, ids: IdSource): Notebook {
  return {
    ...root,
    nbformat: 4,
    nbformat_minor: 5,
    metadata: withoutKeys(objectOf(root.metadata), TRANSIENT_METADATA),
    cells: cellsOf(root.cells, ids),
  };
}

function cellsOf(value: JsonValue | undefined, ids: IdSource): readonly Cell[] {
  if (!Array.isArray(value)) throw invalidNotebook(["cells"], "a list", value);
  return value.map((cell: JsonValue, index) => {
    if (isJsonObject(cell)) return cellFromJson(cell, ids);
    throw invalidNotebook(["cells", index], "an object", cell);
  });
}

const HOW_TO_READ = { keepRaw: isJsonData, joinLines: isText };

function parseRoot(text: string, options: ReadNotebookOptions): JsonValue {
  try {
    return parseJson(text, { ...options, ...HOW_TO_READ });
  } catch (error) {
    throw explained(error, text);
  }
}

/** What is wrong with JSON, as what is wrong with a notebook. */
function explained(error: unknown, text: string): unknown {
  if (!(error instanceof JsonError)) return error;
  const code = error.code === "JSON_INVALID" ? "NOTEBOOK_NOT_JSON" : "NOTEBOOK_TOO_COMPLEX";
  const likeness =
    code === "NOTEBOOK_NOT_JSON" ? describeText(text, Number(error.details.offset)) : undefined;
  const remedy = code === "NOTEBOOK_TOO_COMPLEX" ? "; keep such data in a file of its own" : "";
  const message = `${likeness === undefined ? "" : `${likeness}: `}${error.message}${remedy}`;
  return new NotebookError(code, `not a notebook: ${message}`, { cause: error, details: error.details });
}
