import { encodeJson, isJsonObject, JsonNumber, parseJson, RawJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";

import { typeNames } from "./schema-parts.ts";

/** Where a value does not fit its schema. */
export interface Mismatch {
  /** Empty at the top, else such as `[2]["key"]`. */
  readonly path: string;
  /** What fits, such as `integer or null`. */
  readonly expected: string;
  /** What was there, such as `string "x"`. */
  readonly found: string;
}

/** Longest piece of a value that is quoted. */
const QUOTED_LENGTH = 60;

/**
 * Finds the first part of `value` that does not fit `schema`.
 *
 * Knows `type`, `enum`, `items`, `additionalProperties` and `anyOf`, which is what
 * inference writes. Unlike JSON Schema, `1.0` is no integer: a kernel gets a float.
 */
export function findMismatch(value: JsonValue, schema: JsonObject, path = ""): Mismatch | undefined {
  if (value instanceof RawJson) return findMismatch(parseJson(value.text), schema, path);
  const { additionalProperties, anyOf: options, enum: values, items } = schema;
  if (isList(options)) {
    const fits = options.some((option) => isJsonObject(option) && !findMismatch(value, option, path));
    return fits ? undefined : mismatch(value, schema, path);
  }
  if (isList(values) && !values.some((allowed) => encodeJson(allowed) === encodeJson(value))) {
    return mismatch(value, schema, path);
  }
  const types = typeNames(schema["type"]);
  if (types.length > 0 && !types.some((type) => hasType(value, type))) return mismatch(value, schema, path);

  if (isList(value) && isJsonObject(items)) {
    return firstOf(value, (item, index) => findMismatch(item, items, `${path}[${index}]`));
  }
  if (isJsonObject(value) && isJsonObject(additionalProperties)) {
    return firstOf(Object.entries(value), ([key, item]) =>
      findMismatch(item, additionalProperties, `${path}[${JSON.stringify(key)}]`),
    );
  }
  return undefined;
}

/** The type of a value in JSON Schema's words; an integral number may be `integer`. */
export function jsonTypeOf(value: JsonValue): string {
  if (value === null) return "null";
  if (value instanceof RawJson) return jsonTypeOf(parseJson(value.text));
  if (value instanceof JsonNumber) return value.isInteger ? "integer" : "number";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "integer" : "number";
  if (isList(value)) return "array";
  return typeof value;
}

function hasType(value: JsonValue, type: string): boolean {
  const found = jsonTypeOf(value);
  return found === type || (type === "number" && found === "integer");
}

function mismatch(value: JsonValue, schema: JsonObject, path: string): Mismatch {
  const text = encodeJson(value);
  const quoted = text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text;
  return {
    expected: describeSchema(schema),
    found: value === null ? "null" : `${jsonTypeOf(value)} ${quoted}`,
    path,
  };
}

function describeSchema(schema: JsonObject): string {
  const { anyOf: options, enum: values, items } = schema;
  if (isList(values)) return `one of ${values.map((value) => encodeJson(value)).join(", ")}`;
  if (isList(options)) return options.filter(isJsonObject).map(describeSchema).join(" or ");
  const types = typeNames(schema["type"]).join(" or ");
  return types === "array" && isJsonObject(items) ? `array of ${describeSchema(items)}` : types;
}

function firstOf<T>(
  items: readonly T[],
  find: (item: T, index: number) => Mismatch | undefined,
): Mismatch | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found) return found;
  }
  return undefined;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
