import { isJsonObject, JsonNumber } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";

/**
 * Reads the parameters that a notebook document was run with, from
 * `metadata.papermill`; empty if it was not.
 *
 * `float:NaN`, `float:Infinity` and `float:-Infinity` become the numbers that
 * they stand for in output notebooks, which are strict JSON.
 */
export function readParameters(notebook: Notebook): JsonObject {
  const { papermill } = notebook.metadata;
  const parameters = isJsonObject(papermill) ? papermill.parameters : undefined;
  return isJsonObject(parameters) ? untaggedObject(parameters) : {};
}

function untaggedObject(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, untagged(value)]));
}

function untagged(value: JsonValue): JsonValue {
  if (typeof value === "string") return TAGGED_FLOATS.get(value) ?? value;
  if (isList(value)) return value.map(untagged);
  return isJsonObject(value) ? untaggedObject(value) : value;
}

const TAGGED_FLOATS: ReadonlyMap<string, JsonNumber> = new Map(
  ["NaN", "Infinity", "-Infinity"].map((text) => [`float:${text}`, new JsonNumber(text)]),
);

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
