import { JsonNumber, parseJson, RawJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { describe, expect, it } from "vitest";

import { parametersFromJson } from "../parameter-map.ts";
import { translateParameters } from "./translate-parameters.ts";
import type { TranslateParametersOptions } from "./translate-parameters.ts";

/** The injected source for one parameter, without the comment. */
function write(
  kernelName: string,
  value: JsonValue,
  name = "x",
  options: Partial<TranslateParametersOptions> = {},
): string {
  const parameters = parametersFromJson({ [name]: value });
  const source = translateParameters({ kernelName, language: "none", parameters, ...options });
  return source.slice(source.indexOf("\n") + 1, -1);
}

const MIXED: JsonValue = [1, "a", null, new JsonNumber("1.0"), true, [], {}];
const NESTED: JsonValue = { k: [1, 2], "odd key": null };
const NUMBERS: JsonValue = parseJson(
  "[2147483648, 9223372036854775808, 1e308, NaN, Infinity, -Infinity, -0.0]",
);

describe("translateParameters", () => {
  it.each([
    ["python", MIXED, 'x = [1, "a", None, 1.0, True, [], {}]'],
    [
      "python",
      NUMBERS,
      "x = [2147483648, 9223372036854775808, 1e+308, float('nan'), float('inf'), float('-inf'), -0.0]",
    ],
    ["r", MIXED, 'x = list(1, "a", NULL, 1.0, TRUE, list(), list())'],
    ["r", NESTED, 'x = list("k" = list(1, 2), "odd key" = NULL)'],
    ["r", { "": 1 }, 'x = structure(list(1), names = c(""))'],
    ["r", 1 / 3, "x = 0x1.5555555555555p-2"],
    ["scala", MIXED, 'val x = Seq(1, "a", None, 1.0, true, Seq(), Map())'],
    [
      "scala",
      NUMBERS,
      'val x = Seq[Any](2147483648L, BigInt("9223372036854775808"), 1e+308, Double.NaN, Double.PositiveInfinity, Double.NegativeInfinity, -0.0)'.replace(
        "[Any]",
        "",
      ),
    ],
    ["scala", [parseJson("9007199254740993"), 0.5], "val x = Seq[Any](9007199254740993L, 0.5)"],
    ["julia", MIXED, 'x = Any[1, "a", nothing, 1.0, true, [], Dict()]'],
    ["julia", [true, false], "x = [true, false]"],
    ["julia", [[true], [2]], "x = Any[[true], [2]]"],
    ["julia", [[parseJson("9007199254740993")], [[0.5]]], "x = Any[[9007199254740993], [[0.5]]]"],
    ["julia", "cost: $5 $(run)", 'x = "cost: \\$5 \\$(run)"'],
    ["julia", NUMBERS, "x = [2147483648, 9223372036854775808, 1e+308, NaN, Inf, -Inf, -0.0]"],
    [
      "matlab",
      MIXED,
      "x = {1, \"a\", NaN, 1.0, true, {}, containers.Map('KeyType', 'char', 'ValueType', 'any')};",
    ],
    ["matlab", { "it's": 1, "a\nb": 2 }, "x = containers.Map({'it''s', ['a', char(10), 'b']}, {1, 2});"],
    ["matlab", 'C:\\dir "q"\n', 'x = "C:\\dir ""q""" + char(10);'],
    [".net-csharp", null, "object x = null;"],
    [
      ".net-csharp",
      MIXED,
      'var x = new object[] { 1, "a", null, 1.0, true, new object[] {  }, new Dictionary<string,Object>{  } };',
    ],
    [".net-csharp", [1, 2.5], "var x = new [] { 1, 2.5 };"],
    [".net-csharp", [[1], [3_000_000_000]], "var x = new object[] { new [] { 1 }, new [] { 3000000000L } };"],
    [".net-csharp", [[1], [2]], "var x = new [] { new [] { 1 }, new [] { 2 } };"],
    [
      ".net-csharp",
      [parseJson("10000000000000000000")],
      'var x = new [] { System.Numerics.BigInteger.Parse("10000000000000000000", System.Globalization.CultureInfo.InvariantCulture) };',
    ],
    [
      ".net-csharp",
      [parseJson("NaN"), parseJson("-Infinity")],
      "var x = new [] { double.NaN, double.NegativeInfinity };",
    ],
    [
      ".net-fsharp",
      MIXED,
      'let x = [ box (1); box ("a"); (null : obj); box (1.0); box (true); box ([  ]); box (Map.empty<string, IComparable>) ]',
    ],
    [".net-fsharp", [1, 2.5], "let x = [ 1.0; 2.5 ]"],
    [".net-fsharp", [1, 3_000_000_000], "let x = [ 1L; 3000000000L ]"],
    [".net-fsharp", parseJson("10000000000000000000"), "let x = 10000000000000000000I"],
    [
      ".net-fsharp",
      NESTED,
      'let x = [ ("k", [ 1; 2 ] :> IComparable); ("odd key", (null : IComparable)) ] |> Map.ofList',
    ],
    [".net-fsharp", parseJson("-Infinity"), "let x = -infinity"],
    [".net-powershell", MIXED, '$x = @(1, "a", $Null, 1.0, $True, @(), @{})'],
    [".net-powershell", [[1, 2]], "$x = @(, @(1, 2))"],
    [".net-powershell", NESTED, '$x = @{"k" = @(1, 2)\n "odd key" = $Null}'],
    [".net-powershell", "$(rm) `n “”", '$x = "`$(rm) ``n `u{201c}`u{201d}"'],
    [
      ".net-powershell",
      parseJson("100000000000000000000000000000"),
      '$x = [bigint]::Parse("100000000000000000000000000000")',
    ],
    ["bash", MIXED, "x=(1 a '' 1.0 true '[]' '{}')"],
    ["bash", NESTED, `x='{"k":[1,2],"odd key":null}'`],
    ["bash", "a\tb\x03", "x=$'a\\tb\\003'"],
    ["bash", "\u2028", "x=$'\\342\\200\\250'"],
    ["deno", MIXED, 'let x = [1, "a", null, 1.0, true, [], {}];'],
    ["deno", NUMBERS, "let x = [2147483648, 9223372036854775808n, 1e+308, NaN, Infinity, -Infinity, -0.0];"],
    ["javascript", { a: "\u2028😀" }, 'var x = {"a": "\\u{2028}\\u{1f600}"};'],
    ["javascript", parseJson('{"__proto__": 1}'), 'var x = {["__proto__"]: 1};'],
    ["sql", MIXED, `SET VARIABLE x = '[1,"a",null,1.0,true,[],{}]'::JSON;`],
    ["sql", ["it's", "b"], "SET VARIABLE x = ['it''s', 'b'];"],
    ["sql", 0.6, "SET VARIABLE x = 0.6e0;"],
    ["sql", parseJson("NaN"), "SET VARIABLE x = 'nan'::DOUBLE;"],
    ["sql", null, "SET VARIABLE x = NULL;"],
  ])("writes for %s %j", (kernelName, value, expected) => {
    expect(write(kernelName, value)).toBe(expected);
  });

  it.each([
    ["python", "# Parameters"],
    ["R", "# Parameters"],
    ["scala", "// Parameters"],
    ["matlab", "% Parameters"],
    [".net-fsharp", "(* Parameters *)"],
    ["sql", "-- Parameters"],
  ])("starts with a comment in %s", (kernelName, comment) => {
    expect(translateParameters({ kernelName, language: "none", parameters: new Map() })).toBe(`${comment}\n`);
  });

  it.each([
    ["python", "a\nimport os", "# a import os"],
    ["python", "", "#"],
    [".net-fsharp", 'a *) b "', "(* a  ) b   *)"],
  ])("keeps a comment of %s on its line: %j", (kernelName, comment, expected) => {
    expect(translateParameters({ comment, kernelName, language: "none", parameters: new Map() })).toBe(
      `${expected}\n`,
    );
  });

  it.each([
    ["deno", "let x = 1, y = 2;", "let x = 3;\nlet y = 3;"],
    ["deno", "export const x: number = 1;\nvar y = 2", "const x = 3;\nvar y = 3;"],
    ["deno", "x = 1", "let x = 3;\nlet y = 3;"],
    ["javascript", "var x = 1;\nlet y = 2;", "var x = 3;\ny = 3;"],
    ["python", "let x = 1", "x = 3\ny = 3"],
  ])("sets in %s what %j declares", (kernelName, source, expected) => {
    const cell = { cell_type: "raw", id: "a", metadata: { tags: ["parameters"] }, source } as const;
    const parameters = parametersFromJson({ x: 3, y: 3 });
    const written = translateParameters({
      kernelName,
      language: "none",
      notebook: { cells: [cell] },
      parameters,
    });
    expect(written).toBe(`${written.slice(0, written.indexOf("\n"))}\n${expected}\n`);
  });

  it("refuses to set a constant where cells share a scope", () => {
    const cell = {
      cell_type: "raw",
      id: "a",
      metadata: { tags: ["parameters"] },
      source: "const x = 1",
    } as const;
    expect(() => write("javascript", 1, "x", { notebook: { cells: [cell] } })).toThrow(
      'parameter "x" cannot be passed: the parameters cell declares it with const; declare it with let or var',
    );
  });

  it.each([
    [
      "declare -i x=1",
      "a[$(id)]",
      "the parameters cell declares it with -i, so that bash would compute it; pass an integer",
    ],
    [
      "declare -i x=1",
      2.5,
      "the parameters cell declares it with -i, so that bash would compute it; pass an integer",
    ],
    ["declare -ri x=1", 2, "the parameters cell makes it read-only"],
    ["readonly y=2 x", 2, "the parameters cell makes it read-only"],
  ])("refuses in bash, where the cell has %j, the value %j", (source, value, reason) => {
    const cell = { cell_type: "raw", id: "a", metadata: { tags: ["parameters"] }, source } as const;
    const notebook = { cells: [cell] };
    expect(() => write("bash", value, "x", { notebook })).toThrow(
      `parameter "x" cannot be passed: ${reason}`,
    );
    expect(write("bash", value, "z", { notebook })).toMatch(/^z=/);
  });

  it("keeps the order of the parameters", () => {
    const parameters = new Map<string, JsonValue>([
      ["b", 1],
      ["a", 2],
    ]);
    expect(translateParameters({ kernelName: "x", language: "python", parameters })).toBe(
      "# Parameters\nb = 1\na = 2\n",
    );
  });

  it.each([
    ["python", 'x = __import__("os").environ["V_1"]'],
    ["R", 'x = Sys.getenv("V_1")'],
    ["bash", 'x="$V_1"'],
    ["sql", "SET VARIABLE x = getvariable('V_1');"],
    ["scala", 'val x = sys.env("V_1")'],
    ["julia", 'x = ENV["V_1"]'],
    ["typescript", 'let x = (globalThis.Deno?.env.get("V_1") ?? globalThis.process?.env["V_1"]);'],
  ])("reads a variable of the environment in %s, whatever the value is said to be", (language, expected) => {
    const parameters = new Map<string, JsonValue>([["x", { secret: "n" }]]);
    const environment = new Map([["x", "V_1"]]);
    const source = translateParameters({ kernelName: "k", language, parameters, environment });
    expect(source.trimEnd().split("\n")[1]).toBe(expected);
  });

  it("reads raw JSON", () => {
    expect(write("python", new RawJson('{"a":[1.0,NaN]}'))).toBe("x = {\"a\": [1.0, float('nan')]}");
  });

  it.each([
    ["python3", "python"],
    ["python3", "PYTHON"],
    ["pysparkkernel", "none"],
    ["ir", "R"],
    ["my-kernel", "r"],
    ["sparkrkernel", "none"],
    ["scala213", "scala"],
    ["sparkkernel", "none"],
    ["julia-1.9", "Julia"],
    ["matlab_kernel", "MATLAB"],
    [".net-csharp", "C#"],
    ["polyglot", "C#"],
    ["polyglot", "F#"],
    ["polyglot", "PowerShell"],
    ["polyglot", "pwsh"],
    ["deno", "typescript"],
    ["tslab", "typescript"],
    ["xeus", "JavaScript"],
    ["duckdb", "SQL"],
  ])("knows the kernel %s of the language %s", (kernelName, language) => {
    expect(translateParameters({ kernelName, language, parameters: new Map() })).toMatch(/Parameters/);
  });

  it.each(["cobol", "constructor", "__proto__", ""])("knows no language %j", (language) => {
    expect(() => translateParameters({ kernelName: "k", language, parameters: new Map() })).toThrow(
      expect.objectContaining({ code: "TRANSLATOR_NOT_FOUND" }),
    );
  });

  it.each(["import os; x", "a b", "a-b", "", "1a", "x\n", "x=1", "x;y", "\u2028", "x\u200b"])(
    "refuses the name %j in every language",
    (name) => {
      const kernels = [
        "python",
        "r",
        "scala",
        "julia",
        "matlab",
        ".net-csharp",
        ".net-fsharp",
        ".net-powershell",
        "bash",
        "deno",
        "javascript",
        "sql",
      ];
      for (const kernelName of kernels) {
        for (const compat of [false, true]) {
          expect(() => write(kernelName, 1, name, { compat })).toThrow(
            expect.objectContaining({ code: "PARAMETER_NAME_INVALID" }),
          );
        }
      }
    },
  );

  it.each([
    ["python", "class"],
    ["python", "None"],
    ["r", "TRUE"],
    ["r", "..1"],
    ["r", "__"],
    ["r", ".1a"],
    ["scala", "type"],
    ["scala", "_"],
    ["scala", "notify"],
    ["julia", "end"],
    ["matlab", "end"],
    ["matlab", "_x"],
    ["matlab", "x".repeat(64)],
    [".net-csharp", "string"],
    [".net-fsharp", "let"],
    [".net-powershell", "PID"],
    [".net-powershell", "Null"],
    ["bash", "UID"],
    ["bash", "RANDOM"],
    ["bash", "PROMPT_COMMAND"],
    ["bash", "é"],
    ["deno", "let"],
    ["javascript", "undefined"],
    ["sql", "Select"],
  ])("refuses in %s the name %s", (kernelName, name) => {
    expect(() => write(kernelName, 1, name)).toThrow(
      expect.objectContaining({ code: "PARAMETER_NAME_INVALID" }),
    );
  });

  it.each([
    ["python", "é", "é = 1"],
    ["python", "PAPERMILL_INPUT_PATH", "PAPERMILL_INPUT_PATH = 1"],
    ["python", "match", "match = 1"],
    ["r", "__x.y", "x.y = 1"],
    ["r", ".hidden", ".hidden = 1"],
    ["julia", "α", "α = 1"],
    ["deno", "$x", "let $x = 1;"],
    [".net-powershell", "_x", "$_x = 1"],
  ])("takes in %s the name %s", (kernelName, name, expected) => {
    expect(write(kernelName, 1, name)).toBe(expected);
  });

  it.each([
    [
      "python",
      "\ud800",
      'parameter "x" cannot be passed: it holds the lone surrogate U+D800 at offset 0, which is not text',
    ],
    [
      "python",
      { "a\udfff": 1 },
      'parameter "x" cannot be passed: it holds the lone surrogate U+DFFF at offset 1, which is not text',
    ],
    [
      "python",
      deep(101),
      'parameter "x" cannot be passed: it is nested too deep for the language; pass the path of a file instead',
    ],
    [
      "python",
      new JsonNumber("1".repeat(4301)),
      'parameter "x" cannot be passed: it is an integer of 4301 digits, the limit is 4300',
    ],
    ["r", "a\0", 'parameter "x" cannot be passed: R has no text with a NUL character'],
    [
      "r",
      parseJson("9007199254740993"),
      'parameter "x" cannot be passed: the integer 9007199254740993 would be rounded to a double; pass it as text',
    ],
    [
      "matlab",
      parseJson("9007199254740993"),
      'parameter "x" cannot be passed: the integer 9007199254740993 would be rounded to a double; pass it as text',
    ],
    ["bash", "a\0", 'parameter "x" cannot be passed: bash has no text with a NUL character'],
    [
      ".net-powershell",
      { A: 2, a: 1 },
      'parameter "x" cannot be passed: PowerShell does not tell the keys "A" and "a" apart',
    ],
    ["sql", "a\0", 'parameter "x" cannot be passed: SQL has no text with a NUL character'],
    [
      "sql",
      new JsonNumber("1".repeat(40)),
      `parameter "x" cannot be passed: the integer ${"1".repeat(40)} has more than 128 bits; pass it as text`,
    ],
  ])("refuses in %s what it cannot hold", (kernelName, value, message) => {
    expect(() => write(kernelName, value)).toThrow(
      expect.objectContaining({ code: "PARAMETER_VALUE_UNSUPPORTED", message }),
    );
  });

  it("takes a value of a hundred levels", () => {
    expect(write("python", deep(100))).toBe(`x = ${"[".repeat(100)}1${"]".repeat(100)}`);
  });
});

function deep(levels: number): JsonValue {
  return Array.from({ length: levels }).reduce<JsonValue>((inner) => [inner], 1);
}
