import { isJsonObject } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { readCellId } from "./cell-id.ts";
import type { IdSource } from "./cell-id.ts";
import { mimeBundleFromJson } from "./mime-bundle.ts";
import type { Attachments, Cell } from "./notebook.ts";
import { countOf, objectOf, outputFromJson, textOr } from "./output-from-json.ts";
import { withoutKeys } from "./without-keys.ts";

/**
 * Makes a cell of its JSON form in nbformat 4.
 *
 * A required field that is missing or has the wrong type gets its empty value,
 * and a cell of an unknown type becomes a raw cell; validation reports both.
 * Fields that nbformat does not know are kept as they are.
 */
export function cellFromJson(json: JsonObject, ids: IdSource): Cell {
  const shared = {
    id: readCellId(json.id, ids),
    metadata: withoutKeys(objectOf(json.metadata), ["trusted"]),
    source: textOr(json.source, ""),
  };
  if (json.cell_type === "code") {
    return {
      ...json,
      ...shared,
      cell_type: "code",
      execution_count: countOf(json.execution_count),
      outputs: outputsOf(json.outputs),
    };
  }
  const { attachments, ...fields } = json;
  return {
    ...fields,
    ...shared,
    cell_type: json.cell_type === "markdown" ? "markdown" : "raw",
    ...(isJsonObject(attachments) ? { attachments: attachmentsOf(attachments) } : {}),
  };
}

function outputsOf(value: JsonValue | undefined): ReturnType<typeof outputFromJson>[] {
  if (!Array.isArray(value)) return [];
  return value.map((output: JsonValue) => outputFromJson(objectOf(output)));
}

function attachmentsOf(json: JsonObject): Attachments {
  return Object.fromEntries(
    Object.entries(json).map(([name, bundle]) => [name, mimeBundleFromJson(objectOf(bundle))]),
  );
}
