import type { FloatNode, IntNode, ValueNode } from "../values/value-node.ts";
import type { Writing } from "./dialect.ts";

const INT32_MIN = -(2n ** 31n);
const INT32_MAX = 2n ** 31n - 1n;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Whether an integer fits in 32 bits. */
export function fitsInt32(value: bigint): boolean {
  return value >= INT32_MIN && value <= INT32_MAX;
}

/** Whether an integer fits in 64 bits. */
export function fitsInt64(value: bigint): boolean {
  return value >= INT64_MIN && value <= INT64_MAX;
}

/** Whether a double holds the integer exactly. */
function fitsDouble(value: bigint): boolean {
  const double = Number(value);
  return Number.isFinite(double) && BigInt(double) === value;
}

/** An integer as it is, for a language whose numbers are all doubles; refused where that would round it. */
export function exactDouble({ value }: IntNode, { refuse }: Writing): string {
  if (fitsDouble(value)) return String(value);
  return refuse(`the integer ${value} would be rounded to a double; pass it as text`);
}

/** Whether a list mixes floats with integers that a double would round. */
export function mixesBeyondDouble(items: readonly ValueNode[]): boolean {
  return (
    items.some(({ kind }) => kind === "float") &&
    items.some((item) => item.kind === "int" && !fitsDouble(item.value))
  );
}

/** The kinds of value in a list, each once. */
export function kindsOf(items: readonly ValueNode[]): ReadonlySet<ValueNode["kind"]> {
  return new Set(items.map(({ kind }) => kind));
}

/** A rule for floats: Python's text where it is finite, else the language's own names. */
export function floatRule(names: {
  nan: string;
  inf: string;
  negativeInf: string;
}): (node: FloatNode) => string {
  return ({ text, value }) => {
    if (Number.isFinite(value)) return text;
    if (Number.isNaN(value)) return names.nan;
    return value > 0 ? names.inf : names.negativeInf;
  };
}
