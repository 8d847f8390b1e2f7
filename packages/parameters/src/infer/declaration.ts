import type { JsonObject } from "@notemill/json";

import type { ParameterValue } from "../parameter-map.ts";

/** A variable that a parameters cell sets, as the reader of a language found it. */
export interface Declaration {
  readonly name: string;
  /** The declared type as it is written. */
  readonly typeText?: string;
  /** JSON Schema of the declared type; empty when the type says nothing about values. */
  readonly typeSchema?: JsonObject;
  /** Source of the default, on one line; `undefined` for a variable without a value. */
  readonly defaultText?: string;
  /** The default itself, where it is a literal. */
  readonly value?: ParameterValue;
  /** The comment behind it. */
  readonly help: string;
}

/** Reads the declarations out of a parameters cell; what it cannot read it leaves out. */
export type DeclarationReader = (source: string) => readonly Declaration[];
