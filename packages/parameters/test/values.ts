import { encodeJson, JsonNumber } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";

/** Text that has broken translators before, ours or others'. */
export const HOSTILE_TEXT: readonly string[] = [
  "",
  " ",
  "plain",
  "it's",
  'say "hi"',
  `both ' and "`,
  "\\",
  "a\\nb",
  "\\\\",
  '\\"',
  "ends with \\",
  "a\nb",
  "a\r\nb\tc",
  "\n",
  "\v\f\b\x07\x1b[31m",
  "\x01\x031f",
  "\x7f\x80\x85\x9f",
  "é1 \xe9f ÿ",
  "$(rm -rf /tmp/never)",
  "`rm`",
  "${x} $x $$ $1",
  "#{x} @x",
  "{x} {{x}} {0}",
  "%s %d %%",
  "!! !x",
  "~ ~root *?[a]",
  "; DROP TABLE t; --",
  "*) (* /* */ // # % --",
  "'''",
  '"""',
  "“curly” ‘quotes’ „low‟",
  "\u2028\u2029",
  "日本語",
  "😀 👩‍👩‍👧 𝒳",
  "\uFEFF\u200B\u202E",
  "\uFFFD\uFFFE",
  "True",
  "null",
  "1e5",
  "0x10",
  "-n",
  "=x",
  "\\u0041 \\x41 \\U00000041 \\101 \\065",
  "</script>",
  "\\${x}",
  "\\`",
];

/** Numbers at the edges, by their lossless JSON text. */
export const HOSTILE_NUMBERS: readonly JsonValue[] = [
  0,
  -1,
  1,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  -(2 ** 31) - 1,
  Number.MAX_SAFE_INTEGER,
  ...["9007199254740993", "9223372036854775807", "-9223372036854775808", "18446744073709551615"].map(number),
  number("1000000000000000000000000000000"),
  ...["1.0", "-0.0", "100.0", "1e+16", "1e-05", "1e+308", "5e-324", "1.7976931348623157e+308"].map(number),
  0.1,
  0.6,
  -2.5,
  1 / 3,
  0.1 + 0.2,
  123456789.12345679,
  2.2250738585072014e-308,
  ...["NaN", "Infinity", "-Infinity"].map(number),
];

/** Containers, odd keys, and null everywhere. */
export const HOSTILE_CONTAINERS: readonly JsonValue[] = [
  [],
  {},
  [[]],
  [{}],
  [[], []],
  [null],
  [null, null],
  [1, 2, 3],
  [1, 2.5],
  [true, 2, "x", null, number("1.0")],
  [[1, [2, [3]]], "x"],
  [[1], [2.5]],
  [[1], ["a"]],
  [number("3000000000"), 1],
  [number("9007199254740993"), 0.5],
  ["a", 'b"', "c'", "$d"],
  { a: 1, b: [1, { c: null }], d: { e: { f: true } } },
  { "": 1 },
  { "odd key": 1, 'with "quotes"': 2, "it's": 3, $x: 4, "a\nb": 5, é: 6, "1": 7, "-": 8, "😀": 9, "=": 10 },
  { __proto__: null, constructor: 1, toString: 2 },
  JSON.parse('{"__proto__": {"polluted": true}}'),
  { a: number("NaN"), b: number("Infinity"), c: number("-0.0") },
  { nested: { list: [[], {}, [null]] } },
];

/** All of it. */
export const HOSTILE_VALUES: readonly JsonValue[] = [
  null,
  true,
  false,
  ...HOSTILE_TEXT,
  ...HOSTILE_NUMBERS,
  ...HOSTILE_CONTAINERS,
];

/** A number by its text. */
export function number(text: string): JsonNumber {
  return new JsonNumber(text);
}

/** A parameter's name for the value at `index`. */
export function nameOf(index: number): string {
  return `p${index}`;
}

/** Any text without lone surrogates; often short, often odd. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(...HOSTILE_TEXT),
);

/** Any value, numbers lossless. */
export const anyValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    anyText,
    fc.constantFrom(...HOSTILE_NUMBERS),
    fc.integer(),
    fc.bigInt().map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : number(String(value)))),
    fc.double().map(lossless),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(anyText, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** A double as a JSON value that is still that double. */
export function lossless(value: number): JsonValue {
  const text = encodeJson(value);
  if (Number.isNaN(value)) return number("NaN");
  if (!Number.isFinite(value)) return number(value > 0 ? "Infinity" : "-Infinity");
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? number(`${text}.0`) : value;
}
