import { encodeJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";

import { isCodedError } from "@notemill/errors";
import { parametersFromJson, translateParameters } from "@notemill/parameters";
import type { ParameterMap } from "@notemill/parameters";

import { nameOf } from "./values.ts";

/** Values that a language takes, as the source that assigns them, and those that it refuses. */
export interface Batch {
  readonly source: string;
  readonly accepted: ReadonlyMap<string, JsonValue>;
  /** JSON text of the refused values. */
  readonly refused: readonly string[];
}

/** Writes values for a kernel, each to a variable of its own; a refusal must be coded. */
export function translateBatch(kernelName: string, values: readonly JsonValue[]): Batch {
  const accepted = new Map<string, JsonValue>();
  const refused: string[] = [];
  for (const [index, value] of values.entries()) {
    const name = nameOf(index);
    if (accepts(kernelName, parametersFromJson({ [name]: value }))) accepted.set(name, value);
    else refused.push(encodeJson(value));
  }
  return {
    accepted,
    refused,
    source: translateParameters({ kernelName, language: "none", parameters: accepted }),
  };
}

function accepts(kernelName: string, parameters: ParameterMap): boolean {
  try {
    translateParameters({ kernelName, language: "none", parameters });
    return true;
  } catch (error) {
    if (isCodedError(error) && error.code === "PARAMETER_VALUE_UNSUPPORTED") return false;
    throw error;
  }
}
