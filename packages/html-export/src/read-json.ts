import {
  encodeJson,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
  RawJson,
} from "@notemill/json";

/** The object under `key`, or an empty one. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = valueAt(object, key);
  return isJsonObject(value) ? value : {};
}

/** The value under a key that the object has itself. Text kept as it was is read. */
export function valueAt(object: JsonObject, key: string): JsonValue | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return value instanceof RawJson ? readRawJson(value) : value;
}

/** The text under `key`. */
export function textAt(object: JsonObject, key: string): string | undefined {
  const value = valueAt(object, key);
  return typeof value === "string" ? value : undefined;
}

/** The finite number under `key`. */
export function numberAt(object: JsonObject, key: string): number | undefined {
  const value = valueAt(object, key);
  const number = value instanceof JsonNumber ? value.toNumber() : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The list under `key`, or an empty one. */
export function listAt(object: JsonObject, key: string): readonly JsonValue[] {
  const value = valueAt(object, key);
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** Reads JSON that was kept as text; `undefined` when it is deeper or larger than we care to show. */
export function readRawJson(raw: RawJson): JsonValue | undefined {
  try {
    return parseJson(raw.text, { maxDepth: 200, maxValues: 5_000_000 });
  } catch {
    return undefined;
  }
}

/** Writes a value on one line, cut to `length` characters. */
export function shortJson(value: JsonValue, length: number): string {
  const text = encodeJson(value).toWellFormed();
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
