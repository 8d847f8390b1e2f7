import { countValues, createCursor, enter, skipSpace, takes, unexpected } from "./json-cursor.ts";
import type { JsonCursor, JsonLimits } from "./json-cursor.ts";
import type { JsonValue } from "./json-value.ts";
import { RawJson } from "./raw-json.ts";
import { readNumber } from "./read-json-number.ts";
import { detachString, findStringEnd, parseOwn, QUOTE, readString } from "./read-json-string.ts";
import { expectClose, readKey, skipValue, skipWord } from "./scan-json.ts";

/** Limits of {@link parseJson}, and the parts it leaves unread. */
export interface ParseJsonOptions extends JsonLimits {
  /**
   * Asked for the value under every object key, with the keys and indexes that
   * lead to it; `true` leaves that value as {@link RawJson}: checked, not built.
   * The path is reused from call to call.
   */
  readonly keepRaw?: (path: readonly (string | number)[]) => boolean;
}

/**
 * Reads JSON text, and Python's `NaN`, `Infinity` and `-Infinity`.
 *
 * A repeated key keeps its last value, as in Python and JavaScript. Nothing in
 * the result refers to `text`, so that a small part does not keep it in memory.
 *
 * @throws {@link JsonError} `JSON_INVALID` with `offset` (UTF-16 units), `line`
 * and `column` (from 1); `JSON_TOO_DEEP`; `JSON_TOO_COMPLEX`.
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): JsonValue {
  const { keepRaw } = options;
  // A byte order mark is what some editors leave in front.
  const cursor = createCursor(text, options, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const value = readValue({ cursor, path: [], keepRaw });
  skipSpace(cursor);
  if (cursor.at < text.length) throw unexpected(cursor, "the end of the text");
  return value;
}

interface Reader {
  readonly cursor: JsonCursor;
  /** Kept up to date only when someone asks for it. */
  readonly path: (string | number)[];
  readonly keepRaw: ParseJsonOptions["keepRaw"];
}

function readValue(reader: Reader): JsonValue {
  const { cursor } = reader;
  skipSpace(cursor);
  const unit = cursor.text.charCodeAt(cursor.at);
  if (unit === QUOTE) return readString(cursor);
  if (unit === 0x7b) return readObject(reader);
  if (unit === 0x5b) return readArray(reader);
  if (skipWord(cursor, unit)) return unit === 0x6e ? null : unit === 0x74;
  return readNumber(cursor);
}

function readObject(reader: Reader): JsonValue {
  const { cursor } = reader;
  const object: Record<string, JsonValue> = {};
  enter(cursor);
  if (!takes(cursor, 0x7d)) {
    do {
      countValues(cursor, 1);
      const key = readKey(cursor);
      const value = reader.keepRaw ? readValueAt(reader, key) : readValue(reader);
      if (key === "__proto__") define(object, key, value);
      else object[key] = value;
    } while (takes(cursor, 0x2c));
    expectClose(cursor, 0x7d);
  }
  cursor.depth -= 1;
  return object;
}

function readValueAt(reader: Reader, key: string): JsonValue {
  reader.path.push(key);
  const value = reader.keepRaw?.(reader.path) ? readRaw(reader.cursor) : readValue(reader);
  reader.path.pop();
  return value;
}

function readArray(reader: Reader): JsonValue {
  const { cursor, path } = reader;
  const items: JsonValue[] = [];
  enter(cursor);
  if (!takes(cursor, 0x5d)) {
    const lines = readLines(cursor);
    if (lines !== undefined) return lines;
    do {
      countValues(cursor, 1);
      if (reader.keepRaw) path.push(items.length);
      items.push(readValue(reader));
      if (reader.keepRaw) path.pop();
    } while (takes(cursor, 0x2c));
    expectClose(cursor, 0x5d);
  }
  cursor.depth -= 1;
  return items;
}

/**
 * Reads the rest of an array of strings at one stroke.
 *
 * Most of a notebook is such lists of lines, and the engine's own parser reads
 * them several times faster than we could, once it is known where they end.
 *
 * @returns `undefined`, the cursor unmoved, when anything but a string comes.
 */
function readLines(cursor: JsonCursor): readonly string[] | undefined {
  const start = cursor.at;
  const lines = skipLines(cursor) ? parseOwn(`[${cursor.text.slice(start, cursor.at)}`) : undefined;
  if (lines === undefined) {
    cursor.at = start;
    return undefined;
  }
  cursor.depth -= 1;
  return lines as readonly string[];
}

/** Moves behind the rest of an array of strings; `false` when there is anything else. */
function skipLines(cursor: JsonCursor): boolean {
  const { text } = cursor;
  let gap = "";
  while (text.charCodeAt(cursor.at) === QUOTE) {
    const end = findStringEnd(text, cursor.at);
    if (end < 0) return false;
    cursor.at = end + gap.length;
    // What stands between two lines is mostly the same all the way down.
    if (gap !== "" && text.charCodeAt(cursor.at) === QUOTE && text.startsWith(gap, end)) continue;
    cursor.at = end;
    if (!takes(cursor, 0x2c)) return takes(cursor, 0x5d);
    skipSpace(cursor);
    gap = text.slice(end, cursor.at);
  }
  return false;
}

function readRaw(cursor: JsonCursor): RawJson {
  skipSpace(cursor);
  const start = cursor.at;
  skipValue(cursor);
  return new RawJson(detachString(cursor.text.slice(start, cursor.at)));
}

/** Sets the one key that plain assignment would take for the prototype. */
function define(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
