import { JsonError } from "./json-error.ts";

/** A place in JSON text, moved forward by the functions that read it. */
export interface JsonCursor {
  readonly text: string;
  readonly maxDepth: number;
  readonly maxValues: number;
  /** Offset of the next character, in UTF-16 units. */
  at: number;
  /** Arrays and objects that are open here. */
  depth: number;
  /** Values built so far, by weight. */
  values: number;
}

/** Most levels of nesting that this package will read or write: each takes a stack frame or two. */
export const MAX_DEPTH = 1000;

/** Limits on JSON text that comes from outside. */
export interface JsonLimits {
  /** Deepest nesting of arrays and objects. Default 500, at most 1,000, where Python stops too. */
  readonly maxDepth?: number;
  /**
   * Most values that are built, so that a small file cannot fill the memory.
   * A scalar counts as one, an array or object as ten, a number kept as its
   * text as four, and strings in a list of strings as none. Default 10,000,000.
   */
  readonly maxValues?: number;
}

/** Opens a cursor at `at`. */
export function createCursor(text: string, limits: JsonLimits, at = 0): JsonCursor {
  return {
    text,
    maxDepth: Math.min(limits.maxDepth ?? 500, MAX_DEPTH),
    maxValues: limits.maxValues ?? 10_000_000,
    at,
    depth: 0,
    values: 0,
  };
}

const SPACE = /[ \n\r\t]*/y;

/**
 * Lets go of the text that was searched last.
 *
 * An engine remembers it for `RegExp.lastMatch`, which would keep a whole file
 * in memory until the next search somewhere.
 */
export function forgetText(): void {
  NOTHING.test("");
}

const NOTHING = /^/;

/** Moves to the next character that is not white space. */
export function skipSpace(cursor: JsonCursor): void {
  const unit = cursor.text.charCodeAt(cursor.at);
  if (unit > 0x20) return;
  // Indents are long, and looking at one character of a string costs more than it seems.
  SPACE.lastIndex = cursor.at;
  SPACE.test(cursor.text);
  cursor.at = SPACE.lastIndex;
}

/** Moves behind white space and, when it comes next, the character `unit`; tells whether it came. */
export function takes(cursor: JsonCursor, unit: number): boolean {
  skipSpace(cursor);
  if (cursor.text.charCodeAt(cursor.at) !== unit) return false;
  cursor.at += 1;
  return true;
}

/** Moves behind the character `unit`. */
export function expectUnit(cursor: JsonCursor, unit: number, wanted: string): void {
  if (!takes(cursor, unit)) throw unexpected(cursor, wanted);
}

/** An empty object takes as much memory as seven numbers, and an output of a notebook several times that. */
const CONTAINER_WEIGHT = 10;

/** Moves behind the bracket that opens an array or object. */
export function enter(cursor: JsonCursor): void {
  if (cursor.depth >= cursor.maxDepth) throw tooDeep(cursor);
  countValues(cursor, CONTAINER_WEIGHT);
  cursor.depth += 1;
  cursor.at += 1;
}

/** Counts values that are about to be built. */
export function countValues(cursor: JsonCursor, weight: number): void {
  cursor.values += weight;
  if (cursor.values <= cursor.maxValues) return;
  const details = position(cursor);
  throw new JsonError(
    "JSON_TOO_COMPLEX",
    `JSON holds more values than the limit of ${cursor.maxValues} allows, at line ${details.line}, column ${details.column}`,
    { details },
  );
}

/** Makes the error for text that is not what JSON wants at this place. */
export function unexpected(cursor: JsonCursor, wanted: string): JsonError {
  const details = position(cursor);
  const { text, at } = cursor;
  const found =
    at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : "the end";
  return new JsonError(
    "JSON_INVALID",
    `expected ${wanted} at line ${details.line}, column ${details.column}, found ${found}`,
    { details },
  );
}

/** Makes the error for nesting beyond the limit. */
export function tooDeep(cursor: JsonCursor): JsonError {
  const details = position(cursor);
  return new JsonError(
    "JSON_TOO_DEEP",
    `JSON is nested deeper than ${cursor.maxDepth} levels at line ${details.line}, column ${details.column}`,
    { details },
  );
}

interface Position {
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly [detail: string]: number;
}

function position({ text, at }: JsonCursor): Position {
  let line = 1;
  let lineStart = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < at; end = text.indexOf("\n", end + 1)) {
    line += 1;
    lineStart = end + 1;
  }
  return { offset: at, line, column: at - lineStart + 1 };
}
