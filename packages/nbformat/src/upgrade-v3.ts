import { isJsonObject } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { joinedWith, joinWrittenLines, oneLine } from "./multiline-text.ts";
import type { JoinLines } from "./multiline-text.ts";
import { invalidNotebook } from "./notebook-error.ts";
import type { NotebookPath } from "./notebook-problem.ts";
import { countOf, objectOf } from "./output-from-json.ts";
import { upgradeV3Output } from "./upgrade-v3-output.ts";
import { withoutKeys } from "./without-keys.ts";

/**
 * Turns a notebook of nbformat 3 into one of nbformat 4: worksheets are
 * flattened, headings become Markdown, outputs get their MIME types.
 *
 * Source: https://nbformat.readthedocs.io/en/latest/changelog.html
 *
 * @param joinLines - Joins text that the file holds as a list of lines.
 * @throws {@link NotebookError} `NOTEBOOK_INVALID` when worksheets or cells are not lists of objects.
 */
export function upgradeV3(root: JsonObject, joinLines: JoinLines = joinWrittenLines): JsonObject {
  return {
    ...withoutKeys(root, ["worksheets", "orig_nbformat", "orig_nbformat_minor"]),
    nbformat: 4,
    nbformat_minor: 5,
    metadata: withoutKeys(objectOf(root.metadata), ["name", "signature"]),
    cells: objectsIn(root.worksheets, ["worksheets"]).flatMap((worksheet, index) =>
      objectsIn(worksheet.cells, ["worksheets", index, "cells"]).map((cell) => upgradeCell(cell, joinLines)),
    ),
  };
}

function upgradeCell(cell: JsonObject, joinLines: JoinLines): JsonObject {
  if (cell.cell_type === "code") return upgradeCodeCell(cell, joinLines);
  const fields = {
    ...cell,
    metadata: objectOf(cell.metadata),
    source: joinedWith(joinLines, cell.source) ?? "",
    ...(Array.isArray(cell.rendered) ? { rendered: joinedWith(joinLines, cell.rendered) ?? "" } : {}),
  };
  if (cell.cell_type === "html") return { ...fields, cell_type: "markdown" };
  if (cell.cell_type !== "heading") return fields;
  // Markdown has six levels of headings, each in one line.
  const level = Math.min(Math.max(countOf(cell.level) ?? 1, 1), 6);
  const source = `${"#".repeat(level)} ${oneLine(fields.source)}`;
  return { ...withoutKeys(fields, ["level"]), cell_type: "markdown", source };
}

function upgradeCodeCell(cell: JsonObject, joinLines: JoinLines): JsonObject {
  const { language: _, collapsed, input, prompt_number, outputs, ...fields } = cell;
  const metadata = objectOf(cell.metadata);
  return {
    ...fields,
    metadata: collapsed === undefined ? metadata : { ...metadata, collapsed },
    source: joinedWith(joinLines, input) ?? "",
    execution_count: prompt_number ?? null,
    outputs: Array.isArray(outputs)
      ? outputs.map((output: JsonValue) => upgradeV3Output(objectOf(output), joinLines))
      : [],
  };
}

function objectsIn(value: JsonValue | undefined, path: NotebookPath): readonly JsonObject[] {
  if (!Array.isArray(value)) throw invalidNotebook(path, "a list", value);
  return value.map((item: JsonValue, index) => {
    if (isJsonObject(item)) return item;
    throw invalidNotebook([...path, index], "an object", item);
  });
}
