import { isJsonObject, JsonNumber } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { joinBareLines } from "./multiline-text.ts";
import { NotebookError } from "./notebook-error.ts";
import { countOf } from "./output-from-json.ts";
import { shownValue } from "./shown-value.ts";
import { upgradeV1 } from "./upgrade-v1.ts";
import { upgradeV3 } from "./upgrade-v3.ts";

/** A version of nbformat. */
export interface NotebookVersion {
  readonly major: number;
  readonly minor: number;
}

/**
 * Finds the version that a file says it has.
 *
 * @throws {@link NotebookError} `NOTEBOOK_NOT_A_NOTEBOOK`, `NOTEBOOK_VERSION_UNSUPPORTED`.
 */
export function notebookVersion(root: JsonObject): NotebookVersion {
  const major = root.nbformat === undefined ? impliedMajor(root) : integerOf(root.nbformat);
  if (major === undefined || major < 1 || major > 4) {
    throw new NotebookError(
      "NOTEBOOK_VERSION_UNSUPPORTED",
      `nbformat ${shownValue(root.nbformat)} is not supported, expected 1 to 4`,
      { details: { path: ["nbformat"] } },
    );
  }
  return { major, minor: countOf(root.nbformat_minor) ?? 0 };
}

/**
 * Turns a notebook of nbformat 1 to 3 into one of nbformat 4.5; one of nbformat 4 stays as it is.
 *
 * @throws {@link NotebookError} `NOTEBOOK_INVALID`.
 */
export function upgradeNotebook(root: JsonObject, { major }: NotebookVersion): JsonObject {
  switch (major) {
    case 1:
      return upgradeV1(root);
    case 2:
      return upgradeV3(root, joinBareLines);
    case 3:
      return upgradeV3(root);
    default:
      return root;
  }
}

/** Gives the version of a file that names none: nbformat 1 did not, and some tools forget it. */
function impliedMajor(root: JsonObject): number {
  if (Array.isArray(root.worksheets)) return 3;
  if (!Array.isArray(root.cells)) {
    throw new NotebookError(
      "NOTEBOOK_NOT_A_NOTEBOOK",
      `not a notebook: a JSON object without "cells" and "nbformat"; it has ${shownKeys(root)}`,
    );
  }
  const isV1 = root.cells.some(
    (cell: JsonValue) => isJsonObject(cell) && (cell.cell_type === "text" || Object.hasOwn(cell, "code")),
  );
  return isV1 ? 1 : 4;
}

function integerOf(value: JsonValue): number | undefined {
  const number = value instanceof JsonNumber ? value.toNumber() : value;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
}

function shownKeys(root: JsonObject): string {
  const keys = Object.keys(root);
  const shown = keys.slice(0, 5).map((key) => shownValue(key));
  if (keys.length === 0) return "no keys";
  return keys.length > shown.length ? `${shown.join(", ")} and more` : shown.join(", ");
}
