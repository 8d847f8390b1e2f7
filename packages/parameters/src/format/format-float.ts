import { exactDecimal, roundToDigits, roundToPlaces } from "./exact-decimal.ts";
import type { FormatSpec } from "./format-spec.ts";
import { padNumber } from "./pad.ts";
import type { Fail } from "./parse-template.ts";
import { pythonFloatRepr } from "@notemill/json";

/** Formats a double as Python's `format(value, spec)`. */
export function formatFloat(value: number, spec: FormatSpec, fail: Fail): string {
  if (!/^[eEfFgGn%]?$/.test(spec.type)) return fail(`the format code "${spec.type}" is unknown for a float`);
  if (spec.type === "n" && spec.grouping) return fail(`"${spec.grouping}" cannot stand with "n"`);

  const percent = spec.type === "%";
  const scaled = percent ? value * 100 : value;
  const body = magnitude(Math.abs(scaled), spec) + (percent ? "%" : "");
  const negative = isNegative(scaled) && !(spec.plainZero && !/[1-9a-z]/i.test(body.replace(/e.*/i, "")));
  const text = /^[EFG]$/.test(spec.type) ? body.toUpperCase() : body;
  const whole = /^\d*/.exec(text)?.[0] ?? "";
  return padNumber(
    { prefix: "", rest: text.slice(whole.length), sign: signOf(negative, spec), whole },
    3,
    spec,
  );
}

/** The sign to print. */
export function signOf(negative: boolean, { sign }: FormatSpec): string {
  if (negative) return "-";
  return sign === undefined || sign === "-" ? "" : sign;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function magnitude(value: number, spec: FormatSpec): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : "inf";
  const { alternate, precision } = spec;
  switch (spec.type.toLowerCase()) {
    case "f":
    case "%":
      return fixed(value, precision ?? 6, alternate);
    case "e":
      return exponential(value, precision ?? 6, alternate);
    case "":
      if (precision === undefined)
        return alternate ? addPoint(pythonFloatRepr(value)) : pythonFloatRepr(value);
      return general(value, precision, alternate, true);
    default:
      return general(value, precision ?? 6, alternate, false);
  }
}

function fixed(value: number, places: number, alternate: boolean): string {
  const digits = String(roundToPlaces(exactDecimal(value), places)).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return places > 0 || alternate ? `${whole}.${digits.slice(digits.length - places)}` : whole;
}

function exponential(value: number, places: number, alternate: boolean): string {
  const { digits, exponent } = roundToDigits(exactDecimal(value), places + 1);
  const point = places > 0 || alternate ? "." : "";
  return `${digits.slice(0, 1)}${point}${digits.slice(1)}${exponentText(exponent)}`;
}

/** As `g`: significant digits, an exponent where the number is far from the point. */
function general(value: number, precision: number, alternate: boolean, keepPoint: boolean): string {
  const count = Math.max(precision, 1);
  const { digits, exponent } = roundToDigits(exactDecimal(value), count);
  const limit = keepPoint ? count - 1 : count;
  if (exponent < -4 || exponent >= limit) {
    const tail = alternate ? digits.slice(1) : digits.slice(1).replace(/0+$/, "");
    const point = tail !== "" || alternate ? "." : "";
    return `${digits.slice(0, 1)}${point}${tail}${exponentText(exponent)}`;
  }
  const padded = exponent < 0 ? "0".repeat(-exponent) + digits : digits;
  const split = Math.max(exponent, 0) + 1;
  const tail = alternate ? padded.slice(split) : padded.slice(split).replace(/0+$/, "");
  if (tail === "" && keepPoint) return `${padded.slice(0, split)}.0`;
  return tail !== "" || alternate ? `${padded.slice(0, split)}.${tail}` : padded.slice(0, split);
}

function addPoint(text: string): string {
  return text.includes(".") ? text : text.replace(/^\d+/, "$&.");
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
