import { encodeJsonNumber } from "./encode-json-scalar.ts";
import { JsonError } from "./json-error.ts";
import { JsonNumber } from "./json-number.ts";
import type { JsonValue } from "./json-value.ts";
import { RawJson } from "./raw-json.ts";

/** Limits of {@link parseJson}, and the parts it leaves unread. */
export interface ParseJsonOptions {
  /** Deepest nesting of arrays and objects. Default 500; Python's own reader stops near 1,000. */
  readonly maxDepth?: number;
  /** Most values (array items, object entries) that are built. Default 10,000,000. */
  readonly maxValues?: number;
  /**
   * Asked for the value under every object key, with the keys and indexes that
   * lead to it; `true` leaves that value as {@link RawJson}: checked, not built.
   */
  readonly keepRaw?: (path: readonly (string | number)[]) => boolean;
}

/**
 * Reads JSON text, and Python's `NaN`, `Infinity` and `-Infinity`.
 *
 * A repeated key keeps its last value, as in Python and JavaScript.
 *
 * @throws {@link JsonError} `JSON_INVALID` with `offset` (UTF-16 units), `line`
 * and `column` (from 1); `JSON_TOO_DEEP`; `JSON_TOO_COMPLEX`.
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): JsonValue {
  const reader = new Reader(text, options);
  return reader.readDocument();
}

/**
 * Finds the end of the JSON value that starts at `offset`, without building it.
 *
 * @throws {@link JsonError} `JSON_INVALID`, `JSON_TOO_DEEP`.
 */
export function scanJson(text: string, offset = 0, options: ParseJsonOptions = {}): number {
  return new Reader(text, options, offset).skipValue();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Reader {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #maxValues: number;
  readonly #keepRaw: ParseJsonOptions["keepRaw"];
  readonly #path: (string | number)[] = [];
  #at: number;
  #depth = 0;
  #values = 0;

  constructor(text: string, options: ParseJsonOptions, at = 0) {
    this.#text = text;
    this.#at = at;
    this.#maxDepth = options.maxDepth ?? 500;
    this.#maxValues = options.maxValues ?? 10_000_000;
    this.#keepRaw = options.keepRaw;
  }

  readDocument(): JsonValue {
    // A byte order mark is what some editors leave in front.
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    const value = this.#readValue();
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected("the end of the text");
    return value;
  }

  skipValue(): number {
    this.#skipAny();
    return this.#at;
  }

  #readValue(): JsonValue {
    this.#skipSpace();
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x7b:
        return this.#readObject();
      case 0x5b:
        return this.#readArray();
      case QUOTE:
        return this.#readString();
      case 0x74:
        return this.#readWord("true", true);
      case 0x66:
        return this.#readWord("false", false);
      case 0x6e:
        return this.#readWord("null", null);
      default:
        return this.#readNumber();
    }
  }

  #readObject(): JsonValue {
    const object: Record<string, JsonValue> = {};
    this.#enter();
    if (this.#takes(0x7d)) return this.#leave(object);
    do {
      this.#count();
      const key = this.#readKey();
      this.#path.push(key);
      const value = this.#keepRaw?.(this.#path) ? this.#readRaw() : this.#readValue();
      this.#path.pop();
      if (key === "__proto__") {
        Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      } else object[key] = value;
    } while (this.#takes(0x2c));
    this.#expect(0x7d, '"," or "}"');
    return this.#leave(object);
  }

  #readArray(): JsonValue {
    const items: JsonValue[] = [];
    this.#enter();
    if (this.#takes(0x5d)) return this.#leave(items);
    do {
      this.#count();
      this.#path.push(items.length);
      items.push(this.#readValue());
      this.#path.pop();
    } while (this.#takes(0x2c));
    this.#expect(0x5d, '"," or "]"');
    return this.#leave(items);
  }

  #readKey(): string {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== QUOTE) throw this.#unexpected("a key in double quotes");
    const key = this.#readString();
    this.#expect(0x3a, '":"');
    return key;
  }

  #readRaw(): RawJson {
    this.#skipSpace();
    const start = this.#at;
    this.#skipAny();
    return new RawJson(this.#text.slice(start, this.#at));
  }

  #readString(): string {
    const start = this.#at;
    const plain = this.#skipString();
    if (plain) return this.#text.slice(start + 1, this.#at - 1);
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  /** Moves behind the string that starts here, checking it; `true` when it has no escape. */
  #skipString(): boolean {
    let plain = true;
    for (let at = this.#at + 1; ; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#at = at + 1;
        return plain;
      }
      if (unit === BACKSLASH) {
        plain = false;
        at = this.#skipEscape(at);
      } else if (!(unit >= 0x20)) {
        this.#at = at;
        throw this.#unexpected("a closing quote");
      }
    }
  }

  /** Checks the escape at `at` and gives the offset of its last character. */
  #skipEscape(at: number): number {
    const kind = this.#text[at + 1] ?? "";
    if (kind !== "" && '"\\/bfnrt'.includes(kind)) return at + 1;
    if (kind === "u" && /^[0-9a-fA-F]{4}$/.test(this.#text.slice(at + 2, at + 6))) return at + 5;
    this.#at = at;
    throw this.#unexpected("an escape such as \\n or \\u00e9");
  }

  #readNumber(): JsonValue {
    const literal = this.#takeNumber();
    const value = Number(literal);
    return encodeJsonNumber(value) === literal && Number.isFinite(value) ? value : new JsonNumber(literal);
  }

  #takeNumber(): string {
    for (const word of ["NaN", "Infinity", "-Infinity"]) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return word;
      }
    }
    NUMBER.lastIndex = this.#at;
    const literal = NUMBER.exec(this.#text)?.[0];
    if (literal === undefined) throw this.#unexpected("a value");
    this.#at += literal.length;
    return literal;
  }

  #readWord<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#unexpected("a value");
    this.#at += word.length;
    return value;
  }

  /** Moves behind any value without building it; needs no stack, however deep the value. */
  #skipAny(): void {
    const open: number[] = [];
    for (;;) {
      this.#skipSpace();
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === 0x7b || unit === 0x5b) {
        if (this.#depth + open.length >= this.#maxDepth) throw this.#tooDeep();
        this.#at += 1;
        if (!this.#takes(unit + 2)) {
          open.push(unit + 2);
          if (unit === 0x7b) this.#readKey();
          continue;
        }
      } else if (unit === QUOTE) this.#skipString();
      else if (unit === 0x74) this.#readWord("true", true);
      else if (unit === 0x66) this.#readWord("false", false);
      else if (unit === 0x6e) this.#readWord("null", null);
      else this.#takeNumber();

      while (open.length > 0 && !this.#takes(0x2c)) {
        const close = open.pop() ?? 0;
        this.#expect(close, close === 0x7d ? '"," or "}"' : '"," or "]"');
      }
      if (open.length === 0) return;
      if (open.at(-1) === 0x7d) this.#readKey();
    }
  }

  #skipSpace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at += 1;
    }
  }

  #takes(unit: number): boolean {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== unit) return false;
    this.#at += 1;
    return true;
  }

  #expect(unit: number, wanted: string): void {
    if (!this.#takes(unit)) throw this.#unexpected(wanted);
  }

  #enter(): void {
    if (this.#depth >= this.#maxDepth) throw this.#tooDeep();
    this.#depth += 1;
    this.#at += 1;
  }

  #leave<T>(value: T): T {
    this.#depth -= 1;
    return value;
  }

  #count(): void {
    this.#values += 1;
    if (this.#values > this.#maxValues) {
      throw new JsonError("JSON_TOO_COMPLEX", `JSON holds more than ${this.#maxValues} values`, {
        details: this.#position(),
      });
    }
  }

  #tooDeep(): JsonError {
    const { line, column } = this.#position();
    return new JsonError(
      "JSON_TOO_DEEP",
      `JSON is nested deeper than ${this.#maxDepth} levels at line ${line}, column ${column}`,
      { details: this.#position() },
    );
  }

  #unexpected(wanted: string): JsonError {
    const { line, column } = this.#position();
    const found =
      this.#at < this.#text.length ? JSON.stringify(this.#text.slice(this.#at, this.#at + 1)) : "the end";
    return new JsonError(
      "JSON_INVALID",
      `expected ${wanted} at line ${line}, column ${column}, found ${found}`,
      { details: this.#position() },
    );
  }

  #position(): { offset: number; line: number; column: number } {
    const before = this.#text.slice(0, this.#at);
    const lastBreak = before.lastIndexOf("\n");
    let line = 1;
    for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line += 1;
    return { offset: this.#at, line, column: this.#at - lastBreak };
  }
}
