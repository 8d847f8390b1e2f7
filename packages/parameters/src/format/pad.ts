import type { FormatSpec } from "./format-spec.ts";

/** A number in the pieces that padding and grouping treat apart. */
export interface NumberPieces {
  readonly sign: string;
  /** `0x` and the like. */
  readonly prefix: string;
  /** Digits before the point. */
  readonly whole: string;
  /** Everything behind them, `inf` and `nan` included. */
  readonly rest: string;
}

/** Fills `text` up to the width of `spec`; widths count code points. */
export function pad(text: string, spec: Pick<FormatSpec, "align" | "fill" | "width">): string {
  const missing = spec.width - Array.from(text).length;
  if (missing <= 0) return text;
  if (spec.align === "<") return text + spec.fill.repeat(missing);
  if (spec.align !== "^") return spec.fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
}

/** Puts a number together: groups its digits, then fills it up. */
export function padNumber(pieces: NumberPieces, groupSize: number, spec: FormatSpec): string {
  const head = pieces.sign + pieces.prefix;
  const zeroFilled = spec.fill === "0" && spec.align === "=";
  // Zeros that fill a grouped number are grouped with it.
  const minimum = zeroFilled ? spec.width - head.length - pieces.rest.length : 0;
  const whole = groupDigits(pieces.whole, spec.grouping, groupSize, minimum);
  const body = whole + pieces.rest;
  if (spec.align !== "=") return pad(head + body, spec);
  return head + pad(body, { align: ">", fill: spec.fill, width: spec.width - head.length });
}

function groupDigits(digits: string, separator: string | undefined, size: number, minimum: number): string {
  // NaN and infinities have no digits to group.
  if (separator === undefined || digits === "") return digits.padStart(minimum, "0");
  const groups: string[] = [];
  let length = -1;
  let rest = digits;
  while (rest !== "" || length < minimum) {
    const group = rest.slice(-size);
    rest = rest.slice(0, -size);
    // The last group takes only as many zeros as the width asks for, and at least one digit.
    const wanted = rest === "" ? Math.max(Math.min(size, minimum - length - 1), 1) : size;
    groups.unshift(group.padStart(wanted, "0"));
    length += 1 + Math.max(group.length, wanted);
    if (rest === "" && length >= minimum) break;
  }
  return groups.join(separator);
}
