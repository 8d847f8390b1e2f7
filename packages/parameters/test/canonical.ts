import { JsonNumber, RawJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";

/** What a language cannot tell apart, or holds in another way; each is on by name. */
export interface CanonicalOptions {
  /** Integers become doubles. */
  readonly integersAreDoubles?: boolean;
  /** Integers of 64 bits become doubles in a list of numbers that has a double, unless that would round one. */
  readonly mixedIntegersAreDoubles?: boolean;
  /** An empty mapping is an empty list. */
  readonly emptyMapIsList?: boolean;
}

/**
 * A value as one line of ASCII that any language can print: text as code points,
 * doubles as their bytes, mappings in the order of their keys' code points.
 */
export function canonical(value: JsonValue, options: CanonicalOptions = {}): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return text(value);
  if (typeof value === "number" || value instanceof JsonNumber) return numeral(value, options);
  if (value instanceof RawJson) throw new Error("raw JSON is not tested here");
  if (Array.isArray(value)) return list(value, options);
  const entries = Object.entries(value).map(([key, item]) => [text(key), canonical(item, options)] as const);
  if (entries.length === 0 && options.emptyMapIsList) return "[]";
  return `{${entries
    .map(([key, item]) => `${key}:${item}`)
    .sort()
    .join(",")}}`;
}

function list(items: readonly JsonValue[], options: CanonicalOptions): string {
  const widens = options.mixedIntegersAreDoubles && items.every(fitsDouble) && !items.every(isInteger);
  const itemOptions = widens ? { ...options, integersAreDoubles: true } : options;
  return `[${items.map((item) => canonical(item, itemOptions)).join(",")}]`;
}

/** The code points of a text. */
function text(value: string): string {
  return `s(${Array.from(value, (char) => char.codePointAt(0)).join(" ")})`;
}

function numeral(value: number | JsonNumber, { integersAreDoubles = false }: CanonicalOptions): string {
  if (isInteger(value) && !integersAreDoubles) return `i(${typeof value === "number" ? value : value.text})`;
  return double(typeof value === "number" ? value : value.toNumber());
}

function isInteger(value: JsonValue): boolean {
  if (value instanceof JsonNumber) return value.isInteger;
  return typeof value === "number" && Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** Whether a value is a double, or an integer of 64 bits that a double holds. */
function fitsDouble(value: JsonValue): boolean {
  if (!(value instanceof JsonNumber)) return typeof value === "number";
  if (!value.isInteger) return true;
  const integer = BigInt(value.text);
  return BigInt.asIntN(64, integer) === integer && BigInt(Number(integer)) === integer;
}

/** The bytes of a double, the first one first. */
export function double(value: number): string {
  if (Number.isNaN(value)) return "d(nan)";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return `d(${view.getBigUint64(0).toString(16).padStart(16, "0")})`;
}
