import { formatFloat, signOf } from "./format-float.ts";
import type { FormatSpec } from "./format-spec.ts";
import { pad, padNumber } from "./pad.ts";
import type { Fail } from "./parse-template.ts";

const RADIX: Readonly<Record<string, number>> = { "": 10, X: 16, b: 2, d: 10, n: 10, o: 8, x: 16 };

/** Formats an integer as Python's `format(value, spec)`. */
export function formatInt(value: bigint, spec: FormatSpec, fail: Fail): string {
  const { type } = spec;
  if (/^[eEfFgG%]$/.test(type)) {
    const float = Number(value);
    return Number.isFinite(float)
      ? formatFloat(float, spec, fail)
      : fail(`${value} is too large for a float`);
  }
  if (spec.precision !== undefined) return fail("an integer has no precision");
  if (spec.plainZero) return fail('"z" is for floats');
  if (type === "c") return formatCharacter(value, spec, fail);

  const radix = RADIX[type] ?? fail(`the format code "${type}" is unknown for an integer`);
  if (spec.grouping && (type === "n" || (spec.grouping === "," && radix !== 10))) {
    return fail(`"${spec.grouping}" cannot stand with "${type}"`);
  }
  const digits = (value < 0n ? -value : value).toString(radix);
  const whole = type === "X" ? digits.toUpperCase() : digits;
  const prefix = spec.alternate && radix !== 10 ? `0${type}` : "";
  return padNumber({ prefix, rest: "", sign: signOf(value < 0n, spec), whole }, radix === 10 ? 3 : 4, spec);
}

function formatCharacter(value: bigint, spec: FormatSpec, fail: Fail): string {
  if (spec.sign !== undefined) return fail('a sign cannot stand with "c"');
  if (spec.alternate) return fail('"#" cannot stand with "c"');
  if (spec.grouping) return fail(`"${spec.grouping}" cannot stand with "c"`);
  if (value < 0n || value > 0x10ffffn) return fail(`${value} is not a character`);
  return pad(String.fromCodePoint(Number(value)), spec);
}
