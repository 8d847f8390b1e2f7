import type { JsonValue } from "@notemill/json";

/** How a version of the format makes text of a list of lines. */
export type JoinLines = (lines: readonly string[]) => string;

/** Joins text that a file holds as one string or as a list of lines; `undefined` for any other value. */
export function joinedText(value: JsonValue | undefined): string | undefined {
  return joinedWith((lines) => lines.join(""), value);
}

/** Joins as {@link joinedText} does, lists in the way of one version of the format. */
export function joinedWith(joinLines: JoinLines, value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return undefined;
  const lines: readonly JsonValue[] = value;
  return lines.every((line) => typeof line === "string") ? joinLines(lines) : undefined;
}

/** Joins lines of nbformat 3: some of its writers kept the ends of lines, others dropped them. */
export function joinWrittenLines(lines: readonly string[]): string {
  return lines.join(/[\n\r]$/.test(lines[0] ?? "") ? "" : "\n");
}

/** Joins lines of nbformat 2, which dropped their ends. */
export function joinBareLines(lines: readonly string[]): string {
  return lines.join("\n");
}

/**
 * Splits text into lines that keep their ends, as a notebook file holds it.
 *
 * Source: `str.splitlines(keepends=True)`,
 * https://docs.python.org/3/library/stdtypes.html#str.splitlines
 */
export function splitLines(text: string): readonly string[] {
  return text.match(LINE) ?? [];
}

/** Puts text into one line, a blank between what were lines. */
export function oneLine(text: string): string {
  return splitLines(text)
    .map((line) => line.replace(LINE_END, ""))
    .join(" ");
}

// Every separator of Python's `str.splitlines`; CR LF counts as one.
const ENDS = String.fromCharCode(0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029);
const LINE = new RegExp(`[^${ENDS}]+(?:\r\n|[${ENDS}])?|\r\n|[${ENDS}]`, "g");
const LINE_END = new RegExp(`(?:\r\n|[${ENDS}])$`);
