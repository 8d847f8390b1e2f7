import type { JsonObject } from "@notemill/json";

import type { ParameterValue } from "../parameter-map.ts";

/** A parameter that a notebook declares in its parameters cell. */
export interface InferredParameter {
  readonly name: string;
  /** The declared type as it is written; `None`, as papermill says, when none is. */
  readonly typeName: string;
  /** Source of the default, on one line; empty when the parameter has none and must be given. */
  readonly default: string;
  /** What the comment behind the default says. */
  readonly help: string;
  /** Whether there is no default. */
  readonly required: boolean;
  /** Whether the type was declared, and not taken from the default. */
  readonly typed: boolean;
  /** The default itself; absent when it is not a literal, such as a call. */
  readonly value?: ParameterValue;
  /** JSON Schema of the parameter: `title`, `description`, `default`, and what its type says. */
  readonly schema: JsonObject;
}
