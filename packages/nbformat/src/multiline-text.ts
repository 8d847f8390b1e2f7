import type { JsonValue } from "@notemill/json";

/** Joins text that a file holds as one string or as a list of lines; `undefined` for any other value. */
export function joinedText(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return undefined;
  const lines: readonly JsonValue[] = value;
  if (!lines.every((line) => typeof line === "string")) return undefined;
  return lines.join("");
}

// Every separator of Python's `str.splitlines`; CR LF counts as one.
const ENDS = String.fromCharCode(0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029);
const LINE = new RegExp(`[^${ENDS}]*(?:\r\n|[${ENDS}])|[^${ENDS}]+`, "g");

/**
 * Splits text into lines that keep their ends, as a notebook file holds it.
 *
 * Source: `str.splitlines(keepends=True)`,
 * https://docs.python.org/3/library/stdtypes.html#str.splitlines
 */
export function splitLines(text: string): readonly string[] {
  return text.match(LINE) ?? [];
}
