import { unexpected } from "./json-cursor.ts";
import type { JsonCursor } from "./json-cursor.ts";

/** The character that begins and ends a string. */
export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PLAIN = /[ !#-[\]-\uffff]*/y;

/** V8 copies a slice of fewer characters than this and makes a longer one by reference. */
const SHORTEST_SLICE = 13;

/**
 * Reads the string that starts at the cursor.
 *
 * The result never refers to the text around it: V8 would keep a whole file in
 * memory for the sake of one slice.
 */
export function readString(cursor: JsonCursor): string {
  const start = cursor.at;
  const end = findStringEnd(cursor.text, start);
  if (end > 0 && end - start - 2 < SHORTEST_SLICE && isPlain(cursor.text, start + 1, end - 1)) {
    cursor.at = end;
    return cursor.text.slice(start + 1, end - 1);
  }
  const value = end > 0 ? parseOwn(cursor.text.slice(start, end)) : undefined;
  // Walks the string to the character that is wrong, and throws there.
  if (value === undefined) skipString(cursor);
  cursor.at = end;
  return value as string;
}

/** Moves behind the string that starts at the cursor, checking it. */
export function skipString(cursor: JsonCursor): void {
  let at = cursor.at + 1;
  for (;;) {
    PLAIN.lastIndex = at;
    PLAIN.test(cursor.text);
    at = PLAIN.lastIndex;
    const unit = cursor.text.charCodeAt(at);
    if (unit === QUOTE) break;
    cursor.at = at;
    if (unit !== BACKSLASH) throw unexpected(cursor, "a closing quote");
    at = skipEscape(cursor);
  }
  cursor.at = at + 1;
}

/**
 * Gives the offset behind the quote that ends the string starting at `start`.
 *
 * What is between is not checked. Gives -1 without such a quote.
 */
export function findStringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    // An even number of backslashes escape one another and leave the quote alone.
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return -1;
}

/** Reads JSON with the engine's own parser; `undefined` when it refuses. */
export function parseOwn(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** Copies a string that may be a slice of a larger one. Appending flattens into fresh memory. */
export function detachString(text: string): string {
  return text.length < SHORTEST_SLICE ? text : `${text} `.slice(0, -1);
}

function isPlain(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH || unit < 0x20) return false;
  }
  return true;
}

/** Checks the escape at the cursor and gives the offset behind it. */
function skipEscape(cursor: JsonCursor): number {
  const { text, at } = cursor;
  const kind = text[at + 1] ?? "";
  if (kind !== "" && '"\\/bfnrt'.includes(kind)) return at + 2;
  if (kind === "u" && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) return at + 6;
  throw unexpected(cursor, "an escape such as \\n or \\u00e9");
}
