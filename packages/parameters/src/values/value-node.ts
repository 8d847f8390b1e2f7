import { JsonNumber, parseJson, pythonFloatRepr, RawJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";

import type { ParameterValue } from "../parameter-map.ts";
import { ParametersError } from "../parameters-error.ts";

/** A parameter value with its Python type spelled out, so that a translator need not look at JSON. */
export type ValueNode =
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  | IntNode
  | FloatNode
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "list"; readonly items: readonly ValueNode[] }
  | DictNode;

/** An integer of any size. */
export interface IntNode {
  readonly kind: "int";
  readonly value: bigint;
}

/** A double; `text` is Python's `repr` of it. */
export interface FloatNode {
  readonly kind: "float";
  readonly value: number;
  readonly text: string;
}

/** A mapping, in the order of its keys. */
export interface DictNode {
  readonly kind: "dict";
  readonly entries: readonly (readonly [key: string, value: ValueNode])[];
}

/** The deepest value that every supported language's parser reads. */
const MAX_DEPTH = 100;
/** Python refuses longer integer literals. */
const MAX_DIGITS = 4300;
/** With the `u` flag a surrogate matches only where it stands alone. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;

/**
 * Spells out the types in a parameter value.
 *
 * @param name - The parameter, for messages.
 * @param maxDepth - The most levels of lists and mappings. Default 100.
 * @throws {@link ParametersError} `PARAMETER_VALUE_UNSUPPORTED` for what no language can
 * hold: a lone surrogate, too many levels, an integer of more than 4,300 digits.
 */
export function toValueNode(value: ParameterValue, name: string, maxDepth = MAX_DEPTH): ValueNode {
  return read(value, name, maxDepth);
}

function read(value: ParameterValue, name: string, levels: number): ValueNode {
  if (value === null) return { kind: "null" };
  if (typeof value === "boolean") return { kind: "bool", value };
  if (typeof value === "string") return { kind: "string", value: checkText(value, name) };
  if (typeof value === "number") return readNumber(value);
  if (value instanceof JsonNumber) return readJsonNumber(value, name);
  if (value instanceof RawJson) return read(parseJson(value.text, { maxDepth: MAX_DEPTH + 1 }), name, levels);
  if (levels <= 0)
    throw unsupported(name, "it is nested too deep for the language; pass the path of a file instead");
  if (isList(value)) return { kind: "list", items: value.map((item) => read(item, name, levels - 1)) };
  return { kind: "dict", entries: readEntries(value, name, levels) };
}

function readEntries(object: JsonObject, name: string, levels: number): DictNode["entries"] {
  return Object.entries(object).map(
    ([key, item]) => [checkText(key, name), read(item, name, levels - 1)] as const,
  );
}

function readNumber(value: number): ValueNode {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return { kind: "int", value: BigInt(value) };
  return { kind: "float", value, text: pythonFloatRepr(value) };
}

function readJsonNumber(number: JsonNumber, name: string): ValueNode {
  if (!number.isInteger) {
    const value = number.toNumber();
    return { kind: "float", value, text: pythonFloatRepr(value) };
  }
  if (number.text.length > MAX_DIGITS) {
    throw unsupported(name, `it is an integer of ${number.text.length} digits, the limit is ${MAX_DIGITS}`);
  }
  return { kind: "int", value: BigInt(number.text) };
}

function checkText(text: string, name: string): string {
  const found = LONE_SURROGATE.exec(text);
  if (!found) return text;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase();
  throw unsupported(
    name,
    `it holds the lone surrogate U+${code} at offset ${found.index}, which is not text`,
  );
}

function isList(value: readonly ParameterValue[] | JsonObject): value is readonly ParameterValue[] {
  return Array.isArray(value);
}

/** The error for a value that cannot be passed; `reason` follows "because". */
export function unsupported(name: string, reason: string): ParametersError {
  return new ParametersError(
    "PARAMETER_VALUE_UNSUPPORTED",
    `parameter "${name}" cannot be passed: ${reason}`,
    {
      details: { name, reason },
    },
  );
}
