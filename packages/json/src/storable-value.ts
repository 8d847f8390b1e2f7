import { JsonNumber } from "./json-number.ts";
import { isJsonObject, type JsonValue } from "./json-value.ts";

/**
 * Makes a value fit for strict JSON: a number that is not finite becomes the
 * string `float:NaN`, `float:Infinity` or `float:-Infinity`.
 *
 * Used for what Notemill adds to a file; what was in the file stays as it was.
 */
export function storableValue(value: JsonValue): JsonValue {
  if (typeof value === "number") return Number.isFinite(value) ? value : `float:${value}`;
  if (value instanceof JsonNumber) return /\d/.test(value.text) ? value : `float:${value.text}`;
  if (isList(value)) return value.map(storableValue);
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, storableValue(it)]));
  }
  return value;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
