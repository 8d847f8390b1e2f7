import { encodeJsonNumber, JsonNumber, pythonFloatRepr } from "@notemill/json";

import type { ParameterValue } from "../parameter-map.ts";

/** The parameter value of an integer of any size. */
export function integerValue(value: bigint): ParameterValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : new JsonNumber(String(value));
}

/** The parameter value of a float: `1.0` stays a float, and NaN and infinities survive. */
export function floatValue(value: number): ParameterValue {
  if (!Number.isFinite(value)) return new JsonNumber(encodeJsonNumber(value));
  const text = pythonFloatRepr(value);
  return encodeJsonNumber(value) === text ? value : new JsonNumber(text);
}
