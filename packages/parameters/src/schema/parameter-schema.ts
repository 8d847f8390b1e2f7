import type { JsonObject } from "@notemill/json";

import type { InferredParameter } from "../infer/inferred-parameter.ts";

/**
 * JSON Schema (draft 2020-12) of an object with all the parameters of a notebook.
 *
 * Other names are not refused: a notebook may read variables that it does not declare.
 */
export function parameterSchema(parameters: readonly InferredParameter[]): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}
