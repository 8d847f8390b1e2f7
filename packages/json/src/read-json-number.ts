import { encodeJsonNumber } from "./encode-json-scalar.ts";
import { countValues, unexpected } from "./json-cursor.ts";
import type { JsonCursor } from "./json-cursor.ts";
import { JsonNumber } from "./json-number.ts";

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly string[] = ["NaN", "Infinity", "-Infinity"];

/** Reads the number at the cursor: a plain one if JavaScript writes it back as it stands. */
export function readNumber(cursor: JsonCursor): number | JsonNumber {
  const start = cursor.at;
  skipNumber(cursor);
  const literal = cursor.text.slice(start, cursor.at);
  const value = Number(literal);
  if (isExact(value, literal)) return value;
  countValues(cursor, 3);
  return new JsonNumber(literal);
}

/** Moves behind the number at the cursor. */
export function skipNumber(cursor: JsonCursor): void {
  NUMBER.lastIndex = cursor.at;
  if (NUMBER.test(cursor.text)) cursor.at = NUMBER.lastIndex;
  else skipWord(cursor);
}

function skipWord(cursor: JsonCursor): void {
  const word = WORDS.find((it) => cursor.text.startsWith(it, cursor.at));
  if (word === undefined) throw unexpected(cursor, "a value");
  cursor.at += word.length;
}

function isExact(value: number, literal: string): boolean {
  // A float such as `1e+16` must not turn into what Python would take for an integer.
  if (Number.isInteger(value)) return Number.isSafeInteger(value) && String(value) === literal;
  if (!Number.isFinite(value)) return false;
  // From here on JavaScript and Python agree on how to write a float; below they do not.
  if (Math.abs(value) >= 1e-4) return String(value) === literal;
  return encodeJsonNumber(value) === literal;
}
