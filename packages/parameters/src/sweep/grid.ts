import type { ParameterMap, ParameterValue } from "../parameter-map.ts";

/** The values that one parameter takes in a sweep. */
export interface SweepAxis {
  readonly name: string;
  readonly values: readonly ParameterValue[];
}

/** What a sweep runs over: axes to combine, or sets of parameters as they are. */
export type Grid =
  | { readonly kind: "axes"; readonly axes: readonly SweepAxis[] }
  | { readonly kind: "points"; readonly points: readonly ParameterMap[] };
