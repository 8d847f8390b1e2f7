import { compareCodePoints } from "./compare-code-points.ts";
import { encodeJsonNumber } from "./encode-json-scalar.ts";
import { encodeStyle } from "./encode-style.ts";
import type { EncodeJsonOptions, EncodeStyle } from "./encode-style.ts";
import { MAX_DEPTH } from "./json-cursor.ts";
import { JsonError } from "./json-error.ts";
import { JsonNumber } from "./json-number.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";
import { layoutRawJson } from "./layout-raw-json.ts";
import { RawJson } from "./raw-json.ts";

/**
 * Writes a value as `json.dumps(value, ensure_ascii=False, indent=indent)` would.
 *
 * Numbers come out as they were read, and a {@link RawJson} is laid out like the rest.
 *
 * @throws {@link JsonError} `JSON_TOO_DEEP` beyond 1,000 levels.
 */
export function encodeJson(value: JsonValue, options: EncodeJsonOptions = {}): string {
  const out: string[] = [];
  write(out, value, options.depth ?? 0, encodeStyle(options));
  return out.join("");
}

function write(out: string[], value: JsonValue, depth: number, style: EncodeStyle): void {
  if (value === null) out.push("null");
  else if (typeof value === "string") out.push(style.encodeString(value));
  else if (typeof value === "number") out.push(encodeNumber(value, style));
  else if (typeof value === "boolean") out.push(value ? "true" : "false");
  else if (value instanceof JsonNumber) out.push(value.text);
  else if (value instanceof RawJson) out.push(encodeRaw(value, depth, style));
  else if (depth >= MAX_DEPTH) throw tooDeep();
  else if (isArray(value)) writeArray(out, value, depth, style);
  else writeObject(out, value, depth, style);
}

function encodeNumber(value: number, style: EncodeStyle): string {
  const text = encodeJsonNumber(value);
  return style.quoteNonFinite && !Number.isFinite(value) ? `"${text}"` : text;
}

function encodeRaw(raw: RawJson, depth: number, style: EncodeStyle): string {
  const isKept = style.isOneLine && !style.sortKeys && !style.escapeNonAscii;
  return isKept ? raw.text : layoutRawJson(raw.text, depth, style);
}

function writeArray(out: string[], items: readonly JsonValue[], depth: number, style: EncodeStyle): void {
  if (items.length === 0) {
    out.push("[]");
    return;
  }
  const separator = `,${style.lineBreak(depth + 1)}`;
  out.push("[", style.lineBreak(depth + 1));
  for (let index = 0; index < items.length; index++) {
    if (index > 0) out.push(separator);
    write(out, items[index] ?? null, depth + 1, style);
  }
  out.push(style.lineBreak(depth), "]");
}

function writeObject(out: string[], object: JsonObject, depth: number, style: EncodeStyle): void {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  if (keys.length === 0) {
    out.push("{}");
    return;
  }
  if (style.sortKeys) keys.sort(compareCodePoints);
  const separator = `,${style.lineBreak(depth + 1)}`;
  let before = `{${style.lineBreak(depth + 1)}`;
  for (const key of keys) {
    out.push(before, style.encodeString(key), style.colon);
    write(out, object[key] ?? null, depth + 1, style);
    before = separator;
  }
  out.push(style.lineBreak(depth), "}");
}

function tooDeep(): JsonError {
  return new JsonError("JSON_TOO_DEEP", `value is nested deeper than ${MAX_DEPTH} levels`);
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
