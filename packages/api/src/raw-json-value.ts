import { RawJson } from "@notemill/json";
import { z } from "zod";

/**
 * A JSON value that the API passes on and does not read: its text stays as it
 * was, so that `1.0`, 64-bit integers and `NaN` survive.
 */
export function rawJson(schema: {
  readonly type?: "object";
  readonly description: string;
}): z.ZodType<RawJson> {
  return z.custom<RawJson>((value) => value instanceof RawJson).meta(schema);
}
