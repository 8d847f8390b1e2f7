import { countValues, createCursor, enter, forgetText, skipSpace, takes, unexpected } from "./json-cursor.ts";
import type { JsonCursor, JsonLimits } from "./json-cursor.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { RawJson } from "./raw-json.ts";
import { readNumber } from "./read-json-number.ts";
import { readJoinedLines, readLines } from "./read-json-lines.ts";
import { detachString, QUOTE, readString } from "./read-json-string.ts";
import { expectClose, readKey, skipValue, skipWord } from "./scan-json.ts";

/** Limits of {@link parseJson}, and the parts it leaves unread. */
export interface ParseJsonOptions extends JsonLimits {
  /**
   * Asked for the value under every object key, with the keys and indexes that
   * lead to it; `true` leaves that value as {@link RawJson}: checked, not built.
   * Path and parents are reused from call to call.
   */
  readonly keepRaw?: PickByPath;
  /**
   * Asked likewise for what is built; `true` gives a list of strings as one
   * string, joined. Any other value stays what it is.
   */
  readonly joinLines?: PickByPath;
}

/**
 * Picks a value by the keys and indexes that lead to it.
 *
 * @param parents - The array or object that each step of the path leads into, as far as it has been read.
 */
export type PickByPath = (
  path: readonly (string | number)[],
  parents: readonly (JsonObject | readonly JsonValue[])[],
) => boolean;

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
  const reader = createReader(text, options);
  const value = readValue(reader);
  endText(reader);
  return value;
}

/**
 * Reads JSON text as {@link parseJson} does, and stops behind every item of the array that the outer
 * object has under `key`, so that whoever reads a large text can do something else in between.
 *
 * @throws {@link JsonError} as {@link parseJson}.
 */
export function* parseJsonInSteps(
  text: string,
  key: string,
  options: ParseJsonOptions = {},
): Generator<undefined, JsonValue> {
  const reader = createReader(text, options);
  const { cursor } = reader;
  skipSpace(cursor);
  const value =
    cursor.text.charCodeAt(cursor.at) === 0x7b ? yield* readObjectInSteps(reader, key) : readValue(reader);
  endText(reader);
  return value;
}

function createReader(text: string, options: ParseJsonOptions): Reader {
  const { keepRaw, joinLines } = options;
  // A byte order mark is what some editors leave in front.
  const cursor = createCursor(text, options, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  return { cursor, path: [], parents: [], usesPath: Boolean(keepRaw ?? joinLines), keepRaw, joinLines };
}

function endText({ cursor }: Reader): void {
  skipSpace(cursor);
  if (cursor.at < cursor.text.length) throw unexpected(cursor, "the end of the text");
  forgetText();
}

interface Reader {
  readonly cursor: JsonCursor;
  /** Kept up to date only when someone asks for it. */
  readonly path: (string | number)[];
  readonly parents: (JsonObject | JsonValue[])[];
  readonly usesPath: boolean;
  readonly keepRaw: PickByPath | undefined;
  readonly joinLines: PickByPath | undefined;
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
      const value = reader.usesPath ? readValueAt(reader, key, object) : readValue(reader);
      if (key === "__proto__") define(object, key, value);
      else object[key] = value;
    } while (takes(cursor, 0x2c));
    expectClose(cursor, 0x7d);
  }
  cursor.depth -= 1;
  return object;
}

function* readObjectInSteps(reader: Reader, steppedKey: string): Generator<undefined, JsonValue> {
  const { cursor } = reader;
  const object: Record<string, JsonValue> = {};
  enter(cursor);
  if (!takes(cursor, 0x7d)) {
    do {
      countValues(cursor, 1);
      const key = readKey(cursor);
      skipSpace(cursor);
      const isStepped = key === steppedKey && cursor.text.charCodeAt(cursor.at) === 0x5b;
      const value = isStepped
        ? yield* readItemsInSteps(reader, key, object)
        : readValueAt(reader, key, object);
      if (key === "__proto__") define(object, key, value);
      else object[key] = value;
    } while (takes(cursor, 0x2c));
    expectClose(cursor, 0x7d);
  }
  cursor.depth -= 1;
  return object;
}

function* readItemsInSteps(reader: Reader, key: string, parent: JsonObject): Generator<undefined, JsonValue> {
  const { cursor, path, parents } = reader;
  const items: JsonValue[] = [];
  path.push(key);
  parents.push(parent, items);
  enter(cursor);
  if (!takes(cursor, 0x5d)) {
    do {
      countValues(cursor, 1);
      path.push(items.length);
      items.push(readValue(reader));
      path.pop();
      yield;
    } while (takes(cursor, 0x2c));
    expectClose(cursor, 0x5d);
  }
  cursor.depth -= 1;
  path.pop();
  parents.length -= 2;
  return items;
}

function readValueAt(reader: Reader, key: string, parent: JsonObject): JsonValue {
  reader.path.push(key);
  reader.parents.push(parent);
  const value = readPicked(reader);
  reader.path.pop();
  reader.parents.pop();
  return value;
}

function readPicked(reader: Reader): JsonValue {
  const { cursor, path, parents } = reader;
  if (reader.keepRaw?.(path, parents)) return readRaw(cursor);
  if (!reader.joinLines?.(path, parents)) return readValue(reader);
  skipSpace(cursor);
  const joined = cursor.text.charCodeAt(cursor.at) === 0x5b ? readJoinedLines(cursor) : undefined;
  return joined ?? readValue(reader);
}

function readArray(reader: Reader): JsonValue {
  const { cursor } = reader;
  const items: JsonValue[] = [];
  enter(cursor);
  if (!takes(cursor, 0x5d)) {
    const lines = readLines(cursor);
    if (lines !== undefined) {
      cursor.depth -= 1;
      return lines;
    }
    if (reader.usesPath) reader.parents.push(items);
    do {
      countValues(cursor, 1);
      if (reader.usesPath) reader.path.push(items.length);
      items.push(readValue(reader));
      if (reader.usesPath) reader.path.pop();
    } while (takes(cursor, 0x2c));
    if (reader.usesPath) reader.parents.pop();
    expectClose(cursor, 0x5d);
  }
  cursor.depth -= 1;
  return items;
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
