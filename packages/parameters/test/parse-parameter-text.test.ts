import { encodeJson } from "@notemill/json";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { parseParameterText } from "@notemill/parameters";

import { startOracle } from "./oracle.ts";

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

async function expectSame(text: string): Promise<void> {
  const { value } = await oracle.ask("text", { text });
  expect(encodeJson(parseParameterText(text))).toBe(encodeJson(value ?? null));
}

const numberLike = fc.oneof(
  fc.string({
    maxLength: 8,
    unit: fc.constantFrom(..."0123456789_.eE+- \t\n\u00A0\u2003\u0663\uFF11𝟘𝟗१xXnaifty\x1C\0²"),
  }),
  fc.double().map(String),
  fc.bigInt().map(String),
  fc
    .tuple(
      fc.constantFrom("", " ", "+", "-", "\u3000"),
      fc.constantFrom("nan", "inf", "Infinity", "iNF", "NAN", "infinit"),
      fc.constantFrom("", " ", "x"),
    )
    .map((parts) => parts.join("")),
  fc
    .tuple(fc.nat(), fc.constantFrom(".", "_", "e", "E-", "e+", "._"), fc.nat())
    .map((parts) => parts.join("")),
  fc.string({ maxLength: 5, unit: "grapheme-ascii" }),
);

describe("parseParameterText", () => {
  it.each([
    "True",
    "False",
    "None",
    "true",
    "null",
    "",
    " ",
    "1_000",
    " 7 ",
    "007",
    "+5",
    "٣",
    "1e3",
    "nan",
    "-nan",
    "-inf",
    "Infinity",
    ".5",
    "1.",
    "1_0.5",
    "0x10",
    "1e400",
    "-0",
    "-0.0",
    "1__0",
    "_1",
    "1_",
    "1e1_0",
    "1_e1",
    "+ 1",
    "--1",
    "\v1\f",
    "1\0",
    "9007199254740993",
    "1".repeat(4300),
    "1".repeat(4301),
    "1e-400",
    "1e16",
    "123456789012345678901.5",
  ])("types %j as Python does", expectSame);

  it("types any text as Python does", async () => {
    await fc.assert(fc.asyncProperty(numberLike, expectSame), { numRuns: 3000 });
  });
});
