import { isJsonObject } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { cellOf } from "./cell-shape.ts";
import { fieldOf, integer, list, listOf, object, objectOf, string, unread } from "./field-checks.ts";
import { report } from "./inspection.ts";
import type { Check, Inspection } from "./inspection.ts";
import type { NotebookProblem } from "./notebook-problem.ts";
import { countOf } from "./output-from-json.ts";

/**
 * Finds what the format forbids in the value of a file of nbformat 4.0 to 4.5.
 *
 * The verdict is that of the official JSON schema of the version that the file
 * names; beyond it, an id that two cells share is reported. Of a later minor
 * version only what we know is looked at. At most 100 problems are listed.
 *
 * Source: https://github.com/jupyter/nbformat/tree/main/nbformat/v4
 */
export function validateNotebook(value: JsonValue): readonly NotebookProblem[] {
  const root = unread(value);
  const minor = isJsonObject(root) ? Math.max(countOf(fieldOf(root, "nbformat_minor")) ?? 0, 0) : 0;
  const ids = cellIds(root);
  const inspection: Inspection = {
    path: [],
    problems: [],
    isNewer: minor > LATEST_MINOR,
    cellIds: ids,
    firstCells: new Map(ids.map((id, index): [typeof id, number] => [id, index]).reverse()),
  };
  notebookOf(Math.min(minor, LATEST_MINOR))(root, inspection);
  if (inspection.isNewer) {
    inspection.path.push("nbformat_minor");
    report(inspection, "NOTEBOOK_VERSION_NEWER", `is ${minor}, and 4.${LATEST_MINOR} is the latest we know`);
  }
  return inspection.problems;
}

const LATEST_MINOR = 5;

function notebookOf(minor: number): Check {
  const since42 = minor >= 2 ? { title: string, authors: list } : {};
  return objectOf({
    what: "a notebook",
    required: ["metadata", "nbformat_minor", "nbformat", "cells"],
    others: "forbidden",
    fields: {
      metadata: objectOf({
        what: "metadata",
        fields: { kernelspec, language_info: languageInfo, orig_nbformat: integer(1), ...since42 },
      }),
      nbformat_minor: integer(minor),
      nbformat: integer(4, 4),
      cells: listOf(cellOf(minor)),
    },
  });
}

const kernelspec = objectOf({
  what: "kernelspec",
  required: ["name", "display_name"],
  fields: { name: string, display_name: string },
});

const codemirrorMode: Check = (value, inspection) => {
  if (typeof value !== "string") object(value, inspection);
};

const languageInfo = objectOf({
  what: "language_info",
  required: ["name"],
  fields: {
    name: string,
    codemirror_mode: codemirrorMode,
    file_extension: string,
    mimetype: string,
    pygments_lexer: string,
  },
});

function cellIds(root: JsonValue): readonly (JsonValue | undefined)[] {
  const cells = isJsonObject(root) ? unread(fieldOf(root, "cells") ?? null) : null;
  if (!Array.isArray(cells)) return [];
  return cells.map((cell: JsonValue) => {
    const read = unread(cell);
    return isJsonObject(read) ? fieldOf(read, "id") : undefined;
  });
}
