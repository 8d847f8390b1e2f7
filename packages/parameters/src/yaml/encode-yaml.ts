import {
  encodeJsonString,
  isJsonObject,
  JsonNumber,
  type JsonValue,
  parseJson,
  RawJson,
} from "@notemill/json";
import { plainScalarType } from "./yaml-scalar.ts";

/**
 * Writes a value as YAML in block style, for people to read and change.
 *
 * `parseParameterYaml` reads the same value back, numbers unharmed; a value that holds
 * itself has no end.
 */
export function encodeYaml(value: JsonValue): string {
  return `${blockOf(value, "")}\n`;
}

/** The lines of a value that stands at the beginning of a line, without the last line break. */
function blockOf(value: JsonValue, indent: string): string {
  if (value instanceof RawJson) return blockOf(parseJson(value.text), indent);
  if (Array.isArray(value) && value.length > 0) {
    return value
      .map((it: JsonValue) => `- ${isBlock(it) ? blockOf(it, `${indent}  `) : inlineOf(it, `${indent}  `)}`)
      .join(`\n${indent}`);
  }
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .map(([key, it]) => {
        const name = quoteIfNeeded(key);
        const inner = `${indent}  `;
        return isBlock(it) ? `${name}:\n${inner}${blockOf(it, inner)}` : `${name}: ${inlineOf(it, inner)}`;
      })
      .join(`\n${indent}`);
  }
  return inlineOf(value, indent);
}

/** Whether a value takes lines of its own. */
function isBlock(value: JsonValue): boolean {
  if (value instanceof RawJson) return isBlock(parseJson(value.text));
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) && Object.keys(value).length > 0;
}

function inlineOf(value: JsonValue, indent: string): string {
  if (value instanceof RawJson) return inlineOf(parseJson(value.text), indent);
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberText(String(value));
  if (value instanceof JsonNumber) return numberText(value.text);
  if (typeof value !== "string") return Array.isArray(value) ? "[]" : "{}";
  return isLiteral(value) ? literalOf(value, indent) : quoteIfNeeded(value);
}

/** A number of JSON as YAML 1.1 reads one: with a point, and a sign in the exponent. */
function numberText(text: string): string {
  if (text === "NaN") return ".nan";
  if (text.endsWith("Infinity")) return text.replace("Infinity", ".inf");
  const [, mantissa = text, exponent] = /^(.*?)(?:[eE](.*))?$/.exec(text) ?? [];
  if (exponent === undefined) return mantissa;
  const signed = /^[-+]/.test(exponent) ? exponent : `+${exponent}`;
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}e${signed}`;
}

/** Whether text of several lines can be shown as it is. */
function isLiteral(text: string): boolean {
  const isPrintable = /^[\n\x20-\x7e\u00a1-\u1fff\u2030-\ud7ff]+$/.test(text);
  // Its indent is that of the first line; blanks alone and several line breaks at the end have rules of their own.
  return isPrintable && text.includes("\n") && /^[^ \n]/.test(text) && !/\n +(\n|$)|\n\n$/.test(text);
}

function literalOf(text: string, indent: string): string {
  const [mark, body] = text.endsWith("\n") ? ["|", text.slice(0, -1)] : ["|-", text];
  return [mark, ...body.split("\n").map((line) => (line === "" ? "" : `${indent}${line}`))].join("\n");
}

/** Text as it is where nothing else could be meant by it, else in quotes. */
function quoteIfNeeded(text: string): string {
  const isPlain = /^[A-Za-z~/_](?:[\w ./~-]*[\w./~-])?$/.test(text) && plainScalarType(text) === "str";
  return isPlain ? text : encodeJsonString(text).replaceAll(UNPRINTABLE, escape);
}

/** What a reader of YAML would fold or refuse; halves of pairs among it. */
const UNPRINTABLE =
  /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
