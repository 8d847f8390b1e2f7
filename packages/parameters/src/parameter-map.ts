import type { JsonObject, JsonValue } from "@notemill/json";

/**
 * The value of a parameter: JSON with its numbers unharmed.
 *
 * An integral plain `number`, or a `JsonNumber` of digits only, is an integer;
 * every other number is a float. `new JsonNumber("NaN")` is not a number,
 * `"Infinity"` and `"-Infinity"` likewise.
 */
export type ParameterValue = JsonValue;

/** Parameters by name, in the order in which they are assigned. */
export type ParameterMap = ReadonlyMap<string, ParameterValue>;

/** Takes the parameters out of a JSON object, as an API request or notebook metadata holds them. */
export function parametersFromJson(object: JsonObject): ParameterMap {
  return new Map(Object.entries(object));
}

/** Gives the parameters as a JSON object, as `metadata.papermill.parameters` holds them. */
export function parametersToJson(parameters: ParameterMap): JsonObject {
  // `Object.fromEntries` makes `__proto__` a key like any other.
  return Object.fromEntries(parameters);
}

/**
 * Puts layers of parameters on top of each other.
 *
 * A later layer overrides the value of an earlier one; the parameter keeps the
 * position at which its name was first seen.
 */
export function mergeParameters(layers: readonly ParameterMap[]): ParameterMap {
  return new Map(layers.flatMap((layer) => [...layer]));
}
