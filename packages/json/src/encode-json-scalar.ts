import { pythonFloatRepr } from "./python-float-repr.ts";

/** Writes one string with the escapes Python uses: non-ASCII stays, a lone surrogate is escaped. */
export function encodeJsonString(text: string): string {
  return JSON.stringify(text);
}

/** Writes a number the way Python would: safe integers as `int`, everything else as `float`. */
export function encodeJsonNumber(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  const size = Math.abs(value);
  // JavaScript writes these as Python does.
  if (size >= 1e-4 && size < Number.MAX_SAFE_INTEGER) return String(value);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return pythonFloatRepr(value);
}
