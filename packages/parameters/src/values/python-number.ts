/** White space beyond ASCII, as `str.isspace` has it. */
const WIDE_SPACE = /[\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/g;
const ASCII_EDGES = /^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g;
const INTEGER = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
/** Python's default `sys.int_info.default_max_str_digits`. */
const MAX_DIGITS = 4300;

/**
 * Reads an integer where Python's `int(text)` does: white space around it, `_` between digits,
 * the decimal digits of any script; not longer than 4,300 digits.
 */
export function readPythonInt(text: string): bigint | undefined {
  const ascii = toAscii(text);
  if (!INTEGER.test(ascii)) return undefined;
  const digits = ascii.replaceAll("_", "").replace("+", "");
  return digits.replace("-", "").length > MAX_DIGITS ? undefined : BigInt(digits);
}

/** Reads a float where Python's `float(text)` does, `nan` and `infinity` included. */
export function readPythonFloat(text: string): number | undefined {
  const ascii = toAscii(text);
  const special = SPECIAL.exec(ascii);
  if (special) {
    if (special[2] === undefined) return Number.NaN;
    return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return FLOAT.test(ascii) ? Number(ascii.replaceAll("_", "")) : undefined;
}

/** Turns digits and spaces of any script into ASCII, and drops the white space around. */
function toAscii(text: string): string {
  return text
    .replaceAll(WIDE_SPACE, " ")
    .replaceAll(/[^\0-\x7F]/gu, (char) => (/^\p{Nd}$/u.test(char) ? String(digitValue(char)) : char))
    .replaceAll(ASCII_EDGES, "");
}

/** Unicode lays decimal digits out in runs of ten, zero first; the run before never touches a partial one. */
function digitValue(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}
