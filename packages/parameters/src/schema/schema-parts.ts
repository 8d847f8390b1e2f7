import { encodeJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";

/** Schema of a value that fits one of `options`; simple types are named in one list. */
export function anyOf(options: readonly JsonObject[]): JsonObject {
  const distinct = [...new Map(options.map((option) => [encodeJson(option), option])).values()];
  const [first] = distinct;
  // An empty schema takes everything.
  if (!first || distinct.some((option) => Object.keys(option).length === 0)) return {};
  if (distinct.length === 1) return first;
  if (distinct.every(isPlainType))
    return { type: [...new Set(distinct.flatMap(({ type }) => typeNames(type)))] };
  if (distinct.every(({ enum: values }) => Array.isArray(values))) {
    return { enum: distinct.flatMap((option) => option["enum"] as readonly JsonValue[]) };
  }
  return { anyOf: distinct };
}

/** Schema of what fits `schema`, or is null. */
export function nullable(schema: JsonObject): JsonObject {
  const { enum: values } = schema;
  if (isList(values)) return values.includes(null) ? schema : { ...schema, enum: [...values, null] };
  return anyOf([schema, { type: "null" }]);
}

/** The type names of a schema's `type`. */
export function typeNames(type: JsonValue | undefined): readonly string[] {
  if (typeof type === "string") return [type];
  return isList(type) ? type.filter((name) => typeof name === "string") : [];
}

function isPlainType(schema: JsonObject): boolean {
  return Object.keys(schema).every((key) => key === "type");
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
