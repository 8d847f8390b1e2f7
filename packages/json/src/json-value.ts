import { JsonNumber } from "./json-number.ts";
import { RawJson } from "./raw-json.ts";

/**
 * Any JSON value, numbers unharmed.
 *
 * A number is a plain `number` when JavaScript writes it back the way it was
 * read, and a {@link JsonNumber} otherwise. So a plain integral `number` is an
 * integer in Python's sense, and `1.0` is a `JsonNumber`.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonNumber
  | RawJson
  | readonly JsonValue[]
  | JsonObject;

/** A JSON object. Keys keep their order, except that integer-like keys come first. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Tells whether `value` is a JSON object rather than a scalar, an array or text kept as it was. */
export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonNumber) &&
    !(value instanceof RawJson)
  );
}
