import { describe, expect, it } from "vitest";

import { showInferred } from "../../../test/show-declarations.ts";
import { inferParameters } from "../infer-parameters.ts";

describe("readJavaScript", () => {
  it.each([
    ["let x = 1;", "x | None | 1 | 1 |"],
    ["const x: number = 1.5; // how steep", "x | number | 1.5 | 1.5 | how steep"],
    ["export var x = 1, y = 2; // two", "x | None | 1 | 1 |\ny | None | 2 | 2 | two"],
    ["x = 'it\\'s' /* help */", "x | None | 'it\\'s' | \"it's\" | help"],
    ["let x: string", "x | string |  | required |"],
    [
      "let x = 0xff_ff\nlet y = 1_000.5e3",
      "x | None | 0xff_ff | 65535 |\ny | None | 1_000.5e3 | 1000500.0 |",
    ],
    ["let x = 12345678901234567890n", "x | None | 12345678901234567890n | 12345678901234567890 |"],
    [
      "let x = -Infinity, y = NaN, z = undefined",
      "x | None | -Infinity | -Infinity |\ny | None | NaN | NaN |\nz | None | undefined | null |",
    ],
    ["let x = `a\nb`", 'x | None | `a\nb` | "a\\nb" |'],
    ["let x = `a${b}`", "x | None | `a${b}` | computed |"],
    ["let x = `\\${b}`", 'x | None | `\\${b}` | "${b}" |'],
    [
      'let x = "\\x41\\u263a\\u{1F600}\\0\\n\\q"',
      'x | None | "\\x41\\u263a\\u{1F600}\\0\\n\\q" | "A☺😀\\u0000\\nq" |',
    ],
    ["let x = [1, 'a', [true,],]", "x | None | [1, 'a', [true,],] | [1,\"a\",[true]] |"],
    [
      "let x = {a: 1, 'b c': null, 3: [], [\"__proto__\"]: 4}",
      'x | None | {a: 1, \'b c\': null, 3: [], ["__proto__"]: 4} | {"3":[],"a":1,"b c":null,"__proto__":4} |',
    ],
    ["let x = {\n  a: 1, // one\n  b: 2,\n}; // two", 'x | None | {a: 1,b: 2,} | {"a":1,"b":2} | two'],
    ["let x = {...y}", "x | None | {...y} | computed |"],
    ["let x = {y}", "x | None | {y} | computed |"],
    ["let x = ['a'] as const", "x | None | ['a'] as const | [\"a\"] |"],
    ['let x: "a" | "b" = "a"', 'x | "a" | "b" | "a" | "a" |'],
    ["let x = a < b, y = 2", "x | None | a < b, y = 2 | computed |"],
    ["let x = y => 1", "x | None | y => 1 | computed |"],
    ["let x =\n  5", "x | None | 5 | 5 |"],
    ["let x = 1 // type: number help", "x | number | 1 | 1 | help"],
  ])("reads %j", (source, expected) => {
    expect(showInferred("typescript", source)).toBe(expected);
  });

  it.each([
    "x == 1",
    "x += 1",
    "x.y = 1",
    "const {a} = b",
    "import x from 'y'",
    "function f(x = 1) {}",
    "{ let x = 1 }",
    "// let x = 1",
    "let x",
    "if (a) b = 1",
    "f(x)",
  ])("leaves %j out", (source) => {
    expect(showInferred("javascript", source)).toBe("");
  });

  it.each([
    ["number", { type: "number" }],
    ["string | null", { type: ["string", "null"] }],
    ['"a" | "b"', { enum: ["a", "b"] }],
    ["1 | -2", { enum: [1, -2] }],
    ["number[][]", { items: { items: { type: "number" }, type: "array" }, type: "array" }],
    ["readonly (string | number)[]", { items: { type: ["string", "number"] }, type: "array" }],
    ["Array<boolean>", { items: { type: "boolean" }, type: "array" }],
    ["Record<string, number>", { additionalProperties: { type: "number" }, type: "object" }],
    ["[string, number]", { items: { type: ["string", "number"] }, type: "array" }],
    ["Date", {}],
    ["{ a: number }", {}],
    ["number | Date", {}],
  ])("knows the type %s", (type, expected) => {
    const source = `let x: ${type} = f()`;
    const cell = { cell_type: "raw", id: "a", metadata: { tags: ["parameters"] }, source } as const;
    expect(inferParameters({ cells: [cell] }, { language: "typescript" })[0]?.schema).toEqual({
      title: "x",
      ...expected,
    });
  });
});
