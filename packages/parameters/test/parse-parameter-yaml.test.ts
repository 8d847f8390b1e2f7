import { encodeJson } from "@notemill/json";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { isCodedError } from "@notemill/errors";
import { parametersToJson, parseParameterYaml } from "@notemill/parameters";

import { startOracle } from "./oracle.ts";

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

/** What we read, or the code of the error. */
function ours(text: string): string {
  try {
    return encodeJson(parametersToJson(parseParameterYaml(text)));
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
}

async function pyyaml(text: string): Promise<string> {
  const { error, value } = await oracle.ask("yaml", { text });
  return error ?? encodeJson(value);
}

const scalar = fc.oneof(
  // In flow style, PyYAML takes some lone indicators for text, which YAML does not allow.
  fc
    .string({ maxLength: 8, unit: fc.constantFrom(..."0123456789_.eE+-:xbof~") })
    .filter((text) => !/^[-:]*$|^:|:$/.test(text) || text === ""),
  fc.constantFrom(
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "n",
    "true",
    "TRUE",
    "tRue",
    "null",
    "Null",
    "~",
    ".inf",
    "-.INF",
    ".nan",
    ".NaN",
    "<<x",
    "2001-01-01",
    "0o7",
    "0x1F",
    "0b11",
    "1:30",
    "-1:30.5",
    "1_000",
    "012",
    "09",
    "1e3",
    "1.0e+3",
    ".5",
    "1.",
    "=x",
  ),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => encodeJson(value)),
  fc.string({ maxLength: 6, unit: "grapheme-ascii" }).map((text) => JSON.stringify(text)),
  fc
    .string({ maxLength: 6, unit: fc.constantFrom(..."ab c'\"\\#:,[]") })
    .map((text) => `'${text.replaceAll("'", "''")}'`),
);

/** To Python `1`, `1.0` and `true` are one key, and to us three: only one of such is here. */
const key = fc.constantFrom("yes", "2", "1.5", "~", "no", "a b", "'q'", "012", '"1"', "1:30", ".inf");

const document = fc.letrec<{ value: string; block: string }>((tie) => ({
  block: fc
    .array(fc.tuple(fc.stringMatching(/^[a-z]\w{0,4}$/), tie("value")), { maxLength: 4, minLength: 1 })
    .map((entries) => entries.map(([key, value]) => `${key}: ${value}`).join("\n")),
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    scalar,
    fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .array(fc.tuple(key, tie("value")), { maxLength: 3 })
      .map((entries) => `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`),
    tie("block").map((text) => `\n  ${text.replaceAll("\n", "\n  ")}`),
  ),
})).block;

describe("parseParameterYaml", () => {
  it.each([
    "a: 1\nb: [1, 2.0, x]\nc: {d: ~}",
    "yes: no\non: off\ny: n",
    "a: 012\nb: 0o12\nc: 0x1F\nd: 0b11\ne: 1:30\nf: 1:30.5\ng: 190:20:30\nh: -190:20:30.15",
    "a: 1e3\nb: 1.5e3\nc: 1e400\nd: 1.0e+3\ne: .5\nf: 1.\ng: 1_000\nh: .5e3\ni: 1.0e-400",
    "a: .inf\nb: -.INF\nc: .nan\nd: +.inf\ne: .NAN\nf: nan",
    "a: ~\nb:\nc: null\nd: ''\ne: nULL",
    "a: 2001-01-01\nb: 2001-12-14t21:59:43.10-05:00",
    "a: 1\nb: 2\na: 3",
    "base: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3",
    "b: 3\n<<: [{a: 1, b: 2}, {a: 9, c: 1}]",
    "a: &x [1]\nb: *x",
    "a: !!str 12\nb: !!int '12'\nc: !!float 1\nd: !!bool 'yes'\ne: !!null x\nf: ! 12\ng: !!seq [1]\nh: !!map {}",
    "1: a\n1.5: b\nfalse: c\n~: d",
    "a: |\n  x\n  y\nb: >\n  x\n  y\n\n  z\nc: |-\n  x\nd: |+\n  x\n",
    'a: "\\x41\\u263a\\U0001F600\\n\\0\\e"',
    "a: 'it''s'",
    "{a: 1, b: [x, y]}",
    '{"a": 1, "b": [true, null, 1.5], "c": "\\u00e9"}',
    "a: plain text, with#hash:colon # comment",
    "%YAML 1.2\n---\na: 012",
    "# only a comment",
    "---\na: 1\n...\n",
    "a: 9223372036854775808\nb: -99999999999999999999999",
    "a: -0\nb: -0.0\nc: 0_\nd: 1__0\ne: 1_:3",
    "? a\n? b",
    "a:\n- 1\n- - 2\n  - 3",
    "a: {b, c: d}",
  ])("reads %j as PyYAML does", async (text) => {
    expect(ours(text)).toBe((await pyyaml(text)).replace(/^null$/, "{}"));
  });

  it.each([
    "a: !!python/object/apply:os.system [ls]",
    "a: !!binary aGVsbG8=",
    "a: !!timestamp 2001-01-01",
    "a: !!set {x}",
    "a: !!omap [a: 1]",
    "a: !foo 1",
    "a: !!int x",
    "a: 0b_",
    "a: =",
    "a: <<",
    "[1, 2]: 3",
    "{a: 1}: 2",
    "a: &x\n  - *x",
    "a: *nobody",
    "<<: 1",
    "a: 1\n---\nb: 2",
    "- 1",
    "text",
    "[[a, 1]]",
    "a: [1",
    "a: {b: 1",
    'a: "x',
    "a: b: c",
    "a: plain: text # comment",
    "a: @x",
    "a: - b",
    "\ta: 1",
    "a: 1\n b: 2",
    "a: !!str [1]",
  ])("refuses %j", (text) => {
    expect(ours(text)).toBe("PARAMETERS_INVALID");
  });

  it("reads what PyYAML reads as PyYAML does", async () => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const expected = await pyyaml(text);
        if (expected.startsWith("{")) expect(ours(text)).toBe(expected);
        // What PyYAML refuses may be read, but never ends in another error.
        else expect(ours(text)).toMatch(/^\{|^PARAMETERS_INVALID$/);
      }),
      { numRuns: 3000 },
    );
  });
});
