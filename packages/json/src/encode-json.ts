import { compareCodePoints } from "./compare-code-points.ts";
import { encodeJsonNumber, encodeJsonString } from "./encode-json-scalar.ts";
import { MAX_DEPTH } from "./json-cursor.ts";
import { JsonError } from "./json-error.ts";
import { JsonNumber } from "./json-number.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { parseJson } from "./parse-json.ts";
import { RawJson } from "./raw-json.ts";

/** How {@link encodeJson} lays the text out. */
export interface EncodeJsonOptions {
  /** Spaces per level, or the text of one level; 0 (the default) writes one line with `,` and `:`. */
  readonly indent?: number | string;
  /** Sort keys by code point, as `sort_keys=True`. Default: keep their order. */
  readonly sortKeys?: boolean;
  /** Levels already open around the value, so that a part can be encoded alone. Default 0. */
  readonly depth?: number;
  /** Escape everything above `U+007F`, as `ensure_ascii=True`. Default false. */
  readonly escapeNonAscii?: boolean;
  /**
   * How a plain `number` that is not finite is written: as Python's literal
   * `NaN`, or as the string `"NaN"`, which strict readers accept. Default `"literal"`.
   */
  readonly nonFinite?: "literal" | "string";
}

/**
 * Writes a value as `json.dumps(value, ensure_ascii=False, indent=indent)` would.
 *
 * Numbers come out as they were read, and a {@link RawJson} is laid out like the rest.
 *
 * @throws {@link JsonError} `JSON_TOO_DEEP` beyond 1,000 levels.
 */
export function encodeJson(value: JsonValue, options: EncodeJsonOptions = {}): string {
  const indent = options.indent ?? 0;
  const writer = new Writer({
    indent: typeof indent === "number" ? " ".repeat(indent) : indent,
    sortKeys: options.sortKeys ?? false,
    encodeString: options.escapeNonAscii ? encodeAsciiString : encodeJsonString,
    quoteNonFinite: options.nonFinite === "string",
  });
  writer.write(value, options.depth ?? 0);
  return writer.text();
}

interface Style {
  readonly indent: string;
  readonly sortKeys: boolean;
  readonly encodeString: (text: string) => string;
  readonly quoteNonFinite: boolean;
}

class Writer {
  readonly #style: Style;
  readonly #colon: string;
  readonly #breaks: string[] = [];
  readonly #out: string[] = [];

  constructor(style: Style) {
    this.#style = style;
    this.#colon = style.indent === "" ? ":" : ": ";
  }

  text(): string {
    return this.#out.join("");
  }

  write(value: JsonValue, depth: number): void {
    if (value === null) this.#out.push("null");
    else if (typeof value === "string") this.#out.push(this.#style.encodeString(value));
    else if (typeof value === "number") this.#out.push(this.#number(value));
    else if (typeof value === "boolean") this.#out.push(value ? "true" : "false");
    else if (value instanceof JsonNumber) this.#out.push(value.text);
    else if (value instanceof RawJson) this.#writeRaw(value, depth);
    else if (depth >= MAX_DEPTH) throw tooDeep();
    else if (isArray(value)) this.#writeArray(value, depth);
    else this.#writeObject(value, depth);
  }

  #number(value: number): string {
    const text = encodeJsonNumber(value);
    return this.#style.quoteNonFinite && !Number.isFinite(value) ? `"${text}"` : text;
  }

  #writeRaw(raw: RawJson, depth: number): void {
    if (this.#style.indent === "" && !this.#style.sortKeys) this.#out.push(raw.text);
    else this.write(parseJson(raw.text, { maxDepth: MAX_DEPTH }), depth);
  }

  #writeArray(items: readonly JsonValue[], depth: number): void {
    if (items.length === 0) {
      this.#out.push("[]");
      return;
    }
    const separator = `,${this.#lineBreak(depth + 1)}`;
    this.#out.push("[", this.#lineBreak(depth + 1));
    for (let index = 0; index < items.length; index++) {
      if (index > 0) this.#out.push(separator);
      this.write(items[index] ?? null, depth + 1);
    }
    this.#out.push(this.#lineBreak(depth), "]");
  }

  #writeObject(object: JsonObject, depth: number): void {
    const keys = Object.keys(object).filter((key) => object[key] !== undefined);
    if (keys.length === 0) {
      this.#out.push("{}");
      return;
    }
    if (this.#style.sortKeys) keys.sort(compareCodePoints);
    const separator = `,${this.#lineBreak(depth + 1)}`;
    let before = `{${this.#lineBreak(depth + 1)}`;
    for (const key of keys) {
      this.#out.push(before, this.#style.encodeString(key), this.#colon);
      this.write(object[key] ?? null, depth + 1);
      before = separator;
    }
    this.#out.push(this.#lineBreak(depth), "}");
  }

  #lineBreak(depth: number): string {
    if (this.#style.indent === "") return "";
    return (this.#breaks[depth] ??= `\n${this.#style.indent.repeat(depth)}`);
  }
}

const NON_ASCII = /[\u0080-\uffff]/g;

function encodeAsciiString(text: string): string {
  return encodeJsonString(text).replace(
    NON_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function tooDeep(): JsonError {
  return new JsonError("JSON_TOO_DEEP", `value is nested deeper than ${MAX_DEPTH} levels`);
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
