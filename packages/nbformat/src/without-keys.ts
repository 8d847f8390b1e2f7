import type { JsonObject } from "@notemill/json";

/** The object without some of its keys; the object itself when it has none of them. */
export function withoutKeys(object: JsonObject, keys: readonly string[]): JsonObject {
  if (!keys.some((key) => Object.hasOwn(object, key))) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
