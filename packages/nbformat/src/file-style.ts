import { compareCodePoints, encodeJson, scanJsonMembers } from "@notemill/json";
import type { JsonMember, JsonValue } from "@notemill/json";

/** How a file is laid out, for the parts of it that have to be written anew. */
export interface FileStyle {
  /** White space of one level; empty when everything stands in one line. */
  readonly indent: string;
  readonly newline: "\n" | "\r\n";
  readonly sortKeys: boolean;
  /** Whether characters above `U+007F` are escaped. */
  readonly escapeNonAscii: boolean;
  /** Whether cells do without ids, which nbformat has only since 4.5. */
  readonly idsAreOptional: boolean;
  /** The order in which cells have their keys, where keys are not sorted. */
  readonly cellKeys: readonly string[];
}

/** Finds out how a notebook file is laid out. */
export function detectFileStyle(
  text: string,
  root: readonly JsonMember[],
  cellMembers: readonly JsonMember[],
  minor: number,
): FileStyle {
  const escapeNonAscii = !NON_ASCII.test(text) && ESCAPED_NON_ASCII.test(text);
  const open = text.slice(text.indexOf("{") + 1, text.indexOf('"'));
  const cells = cellMembers
    .slice(0, CELLS_LOOKED_AT)
    .map(({ start }) => scanJsonMembers(text, start, READ_BEFORE));
  const cellKeys = new Set(cells.flatMap((cell) => cell.map(({ key = "" }) => key)));
  return {
    indent: open.includes("\n") ? open.slice(open.lastIndexOf("\n") + 1) : "",
    newline: open.includes("\r\n") ? "\r\n" : "\n",
    sortKeys: isSorted(root) && cells.every(isSorted),
    escapeNonAscii,
    idsAreOptional: minor < 5 && !cellKeys.has("id"),
    cellKeys: [...cellKeys],
  };
}

/** Writes a value in the style of a file, `depth` levels from its top. */
export function encodeInStyle(value: JsonValue, depth: number, style: FileStyle): string {
  const { indent, sortKeys, escapeNonAscii, newline } = style;
  const text = encodeJson(value, { indent, sortKeys, escapeNonAscii, depth, nonFinite: "string" });
  return newline === "\n" ? text : text.replaceAll("\n", newline);
}

/** Gives the line break and indent in front of what stands `depth` levels from the top. */
export function lineBreak(depth: number, style: FileStyle): string {
  return style.indent === "" ? "" : style.newline + style.indent.repeat(depth);
}

/** Tells whether keys are in the order in which Jupyter writes them. */
export function isSorted(members: readonly JsonMember[]): boolean {
  return members.every(({ key = "" }, index) => {
    const before = members[index - 1]?.key;
    return before === undefined || compareCodePoints(before, key) <= 0;
  });
}

/** Limits for text that has been read before, within the limits of that time. */
export const READ_BEFORE = { maxDepth: 1000 };

const NON_ASCII = /[\u0080-\uffff]/;
const ESCAPED_NON_ASCII = /\\u(?:00[89a-f]|0[1-9a-f]|[1-9a-f])/i;

/** Enough to tell: a program writes all its cells alike. */
const CELLS_LOOKED_AT = 10;
