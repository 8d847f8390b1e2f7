import { expectUnit, skipSpace, takes, unexpected } from "./json-cursor.ts";
import type { JsonCursor } from "./json-cursor.ts";
import { findStringEnd, parseOwn, QUOTE, skipString } from "./read-json-string.ts";

/**
 * Reads an array of strings at one stroke, the cursor behind its bracket.
 *
 * Most of a notebook is such lists of lines, and the engine's own parser reads
 * them several times faster than we could, once it is known where they end.
 *
 * @returns `undefined`, the cursor unmoved, when anything but a string comes.
 * @throws {@link JsonError} `JSON_INVALID`.
 */
export function readLines(cursor: JsonCursor): readonly string[] | undefined {
  const start = cursor.at;
  if (skipLines(cursor)) return parseLines(cursor, start, cursor.at - 1);
  cursor.at = start;
  return undefined;
}

/**
 * Reads the array of strings at the cursor as one string.
 *
 * The lines are joined in batches, because millions of short strings take more
 * memory than what they say.
 *
 * @returns `undefined`, the cursor unmoved, when it is anything else.
 * @throws {@link JsonError} `JSON_INVALID`.
 */
export function readJoinedLines(cursor: JsonCursor): string | undefined {
  const start = cursor.at;
  cursor.at += 1;
  if (takes(cursor, 0x5d)) return "";
  let joined = "";
  const isRead = skipLines(cursor, (from, to) => {
    joined += parseLines(cursor, from, to).join("");
  });
  if (isRead) return joined;
  cursor.at = start;
  return undefined;
}

/** How many lines are held at a time. */
const BATCH = 4096;

/**
 * Moves behind the rest of an array of strings.
 *
 * @param onBatch - Told where some of the strings stand.
 * @returns `false` when there is anything but strings.
 */
function skipLines(cursor: JsonCursor, onBatch?: (from: number, to: number) => void): boolean {
  const { text } = cursor;
  let gap = "";
  let from = cursor.at;
  for (let count = 1; text.charCodeAt(cursor.at) === QUOTE; count++) {
    const end = findStringEnd(text, cursor.at);
    // Such a string has no end; reading it says so.
    if (end < 0) skipString(cursor);
    cursor.at = end + gap.length;
    // What stands between two lines is mostly the same all the way down.
    const isUsual = gap !== "" && text.charCodeAt(cursor.at) === QUOTE && text.startsWith(gap, end);
    if (!isUsual) {
      cursor.at = end;
      if (!takes(cursor, 0x2c)) {
        expectUnit(cursor, 0x5d, '"," or "]"');
        onBatch?.(from, end);
        return true;
      }
      skipSpace(cursor);
      gap = text.slice(end, cursor.at);
    }
    if (count % BATCH === 0 && onBatch !== undefined) {
      onBatch(from, end);
      from = cursor.at;
    }
  }
  if (cursor.at >= text.length) throw unexpected(cursor, "a value");
  return false;
}

/** Reads strings that stand between two places, commas between them. */
function parseLines(cursor: JsonCursor, from: number, to: number): readonly string[] {
  const lines = parseOwn(`[${cursor.text.slice(from, to)}]`);
  if (lines !== undefined) return lines as readonly string[];
  // Something in there is wrong: reading them one by one finds it and throws.
  cursor.at = from;
  do {
    skipSpace(cursor);
    skipString(cursor);
  } while (takes(cursor, 0x2c));
  throw unexpected(cursor, "a string");
}
