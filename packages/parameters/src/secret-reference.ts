import { isJsonObject } from "@notemill/json";
import type { ParameterMap, ParameterValue } from "./parameter-map.ts";

/**
 * The name of the secret that a value stands for; undefined where it is a value.
 *
 * `{"secret": "name"}` as the whole value of a parameter is a reference; deeper
 * within a value it means itself.
 */
export function secretReference(value: ParameterValue | undefined): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const { secret, ...rest } = value;
  return typeof secret === "string" && Object.keys(rest).length === 0 ? secret : undefined;
}

/** The parameters with a text in the place of each reference to a secret, which is what it will be. */
export function withSecretsAsText(parameters: ParameterMap): ParameterMap {
  return new Map(
    [...parameters].map(([name, value]) => [name, secretReference(value) === undefined ? value : ""]),
  );
}
