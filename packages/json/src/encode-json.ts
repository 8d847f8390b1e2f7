import { compareCodePoints } from "./compare-code-points.ts";
import { encodeJsonNumber, encodeJsonString } from "./encode-json-scalar.ts";
import { JsonNumber } from "./json-number.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { parseJson } from "./parse-json.ts";
import { RawJson } from "./raw-json.ts";

/** How {@link encodeJson} lays the text out. */
export interface EncodeJsonOptions {
  /** Spaces per level; 0 (the default) writes one line with `,` and `:`. */
  readonly indent?: number;
  /** Sort keys by code point, as `sort_keys=True`. Default: keep their order. */
  readonly sortKeys?: boolean;
  /** Levels already open around the value, so that a part can be encoded alone. Default 0. */
  readonly depth?: number;
}

/**
 * Writes a value as `json.dumps(value, ensure_ascii=False, indent=indent)` would.
 *
 * Numbers come out as they were read. A {@link RawJson} is laid out like the
 * rest. A plain `number` that is not finite becomes Python's `NaN` or `Infinity`.
 */
export function encodeJson(value: JsonValue, options: EncodeJsonOptions = {}): string {
  const out: string[] = [];
  write(out, value, options.depth ?? 0, options.indent ?? 0, options.sortKeys ?? false);
  return out.join("");
}

function write(out: string[], value: JsonValue, depth: number, indent: number, sortKeys: boolean): void {
  if (value === null) out.push("null");
  else if (typeof value === "string") out.push(encodeJsonString(value));
  else if (typeof value === "number") out.push(encodeJsonNumber(value));
  else if (typeof value === "boolean") out.push(value ? "true" : "false");
  else if (value instanceof JsonNumber) out.push(value.text);
  else if (value instanceof RawJson) writeRaw(out, value, depth, indent, sortKeys);
  else if (isArray(value)) writeArray(out, value, depth, indent, sortKeys);
  else writeObject(out, value, depth, indent, sortKeys);
}

function writeRaw(out: string[], raw: RawJson, depth: number, indent: number, sortKeys: boolean): void {
  if (indent === 0 && !sortKeys) out.push(raw.text);
  else write(out, parseJson(raw.text), depth, indent, sortKeys);
}

function writeArray(
  out: string[],
  items: readonly JsonValue[],
  depth: number,
  indent: number,
  sortKeys: boolean,
): void {
  if (items.length === 0) {
    out.push("[]");
    return;
  }
  const separator = lineBreak(indent, depth + 1);
  out.push("[", separator);
  items.forEach((item, index) => {
    if (index > 0) out.push(",", separator);
    write(out, item, depth + 1, indent, sortKeys);
  });
  out.push(lineBreak(indent, depth), "]");
}

function writeObject(
  out: string[],
  object: JsonObject,
  depth: number,
  indent: number,
  sortKeys: boolean,
): void {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  if (keys.length === 0) {
    out.push("{}");
    return;
  }
  if (sortKeys) keys.sort(compareCodePoints);
  const separator = lineBreak(indent, depth + 1);
  const colon = indent > 0 ? ": " : ":";
  out.push("{", separator);
  keys.forEach((key, index) => {
    if (index > 0) out.push(",", separator);
    out.push(encodeJsonString(key), colon);
    write(out, object[key] ?? null, depth + 1, indent, sortKeys);
  });
  out.push(lineBreak(indent, depth), "}");
}

function lineBreak(indent: number, depth: number): string {
  return indent > 0 ? `\n${" ".repeat(indent * depth)}` : "";
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
