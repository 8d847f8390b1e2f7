import type { Fail } from "./parse-template.ts";

/** What stands behind the `:` of a field. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: "<" | ">" | "=" | "^";
  readonly sign: "+" | "-" | " " | undefined;
  /** `z`: a zero loses its minus sign. */
  readonly plainZero: boolean;
  /** `#`. */
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: "," | "_" | undefined;
  readonly precision: number | undefined;
  /** The last letter; empty when there is none. */
  readonly type: string;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?(.)?$/su;
/** A longer path is refused by every file system, and a huge width would take all memory. */
const MAX_WIDTH = 4096;

/**
 * Reads a format specification.
 *
 * Source: https://docs.python.org/3/library/string.html#format-specification-mini-language
 */
export function parseFormatSpec(spec: string, naturalAlign: "<" | ">", fail: Fail): FormatSpec {
  const found = SPEC.exec(spec) ?? fail(`the format "${spec}" is not one of Python's`);
  const [, fill, align, sign, plainZero, alternate, zero, width, grouping, precision, type = ""] = found;
  // Behind a fill character of its own, "0" is only the first digit of the width.
  const zeroFill = zero !== undefined && fill === undefined;
  return {
    align:
      (align as FormatSpec["align"] | undefined) ?? (zeroFill && naturalAlign === ">" ? "=" : naturalAlign),
    alternate: alternate !== undefined,
    fill: fill ?? (zeroFill ? "0" : " "),
    grouping: grouping as FormatSpec["grouping"],
    plainZero: plainZero !== undefined,
    precision: precision === undefined ? undefined : readLimited(precision, fail),
    sign: sign as FormatSpec["sign"],
    type,
    width: readLimited(width ?? "0", fail),
  };
}

function readLimited(digits: string, fail: Fail): number {
  const value = Number(digits);
  return value <= MAX_WIDTH ? value : fail(`a width or precision of ${digits} is beyond ${MAX_WIDTH}`);
}
