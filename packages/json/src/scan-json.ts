import {
  createCursor,
  expectUnit,
  forgetText,
  skipSpace,
  takes,
  tooDeep,
  unexpected,
} from "./json-cursor.ts";
import type { JsonCursor, JsonLimits } from "./json-cursor.ts";
import { skipNumber } from "./read-json-number.ts";
import { QUOTE, readString, skipString } from "./read-json-string.ts";

/** Where one item of an array, or one entry of an object, stands in JSON text. */
export interface JsonMember {
  /** The key of an object's entry; `undefined` for an item of an array. */
  readonly key: string | undefined;
  /** Offset of the value's first character. */
  readonly start: number;
  /** Offset behind the value's last character. */
  readonly end: number;
}

/**
 * Finds the end of the JSON value that starts at `offset`, without building it.
 *
 * @throws {@link JsonError} `JSON_INVALID`, `JSON_TOO_DEEP`.
 */
export function scanJson(text: string, offset = 0, limits: JsonLimits = {}): number {
  const cursor = createCursor(text, limits, offset);
  skipValue(cursor);
  forgetText();
  return cursor.at;
}

/**
 * Finds where the members of the array or object that starts at `offset` stand;
 * a scalar has none.
 *
 * @throws {@link JsonError} `JSON_INVALID`, `JSON_TOO_DEEP`.
 */
export function scanJsonMembers(text: string, offset = 0, limits: JsonLimits = {}): readonly JsonMember[] {
  const cursor = createCursor(text, limits, offset);
  skipSpace(cursor);
  const close = text.charCodeAt(cursor.at) + 2;
  if (close !== 0x7d && close !== 0x5d) return [];
  const members: JsonMember[] = [];
  cursor.at += 1;
  if (takes(cursor, close)) return members;
  do {
    const key = close === 0x7d ? readKey(cursor) : undefined;
    skipSpace(cursor);
    const start = cursor.at;
    skipValue(cursor);
    members.push({ key, start, end: cursor.at });
  } while (takes(cursor, 0x2c));
  expectClose(cursor, close);
  forgetText();
  return members;
}

/** Moves behind any value without building it; needs no stack, however deep the value. */
export function skipValue(cursor: JsonCursor): void {
  const open: number[] = [];
  for (;;) {
    skipSpace(cursor);
    const unit = cursor.text.charCodeAt(cursor.at);
    if (unit === QUOTE) skipString(cursor);
    else if (unit === 0x7b || unit === 0x5b) {
      if (cursor.depth + open.length >= cursor.maxDepth) throw tooDeep(cursor);
      cursor.at += 1;
      if (!takes(cursor, unit + 2)) {
        open.push(unit + 2);
        if (unit === 0x7b) skipKey(cursor);
        continue;
      }
    } else if (!skipWord(cursor, unit)) skipNumber(cursor);

    while (open.length > 0 && !takes(cursor, 0x2c)) expectClose(cursor, open.pop() ?? 0);
    if (open.length === 0) return;
    if (open.at(-1) === 0x7d) skipKey(cursor);
  }
}

/** Reads an object's key and the colon behind it. */
export function readKey(cursor: JsonCursor): string {
  expectKey(cursor);
  const key = readString(cursor);
  expectUnit(cursor, 0x3a, '":"');
  return key;
}

/** Moves behind the bracket that ends an array or object. */
export function expectClose(cursor: JsonCursor, close: number): void {
  expectUnit(cursor, close, close === 0x7d ? '"," or "}"' : '"," or "]"');
}

/** Moves behind `true`, `false` or `null` when `unit` begins one. */
export function skipWord(cursor: JsonCursor, unit: number): boolean {
  const word = unit === 0x74 ? "true" : unit === 0x66 ? "false" : unit === 0x6e ? "null" : "";
  if (word === "") return false;
  if (!cursor.text.startsWith(word, cursor.at)) throw unexpected(cursor, "a value");
  cursor.at += word.length;
  return true;
}

function skipKey(cursor: JsonCursor): void {
  expectKey(cursor);
  skipString(cursor);
  expectUnit(cursor, 0x3a, '":"');
}

function expectKey(cursor: JsonCursor): void {
  skipSpace(cursor);
  if (cursor.text.charCodeAt(cursor.at) !== QUOTE) throw unexpected(cursor, "a key in double quotes");
}
