import { encodeJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import type { CodeCell } from "@notemill/nbformat";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { inferParameters } from "@notemill/parameters";

import { inspectionLines, startOracle } from "./oracle.ts";

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

function infer(source: string): ReturnType<typeof inferParameters> {
  const cell: CodeCell = {
    cell_type: "code",
    execution_count: null,
    id: "a",
    metadata: { tags: ["parameters"] },
    outputs: [],
    source,
  };
  return inferParameters({ cells: [cell] }, { language: "python" });
}

/** One line a parameter: name | type | default | help. */
function ours(source: string): string[] {
  return infer(source).map(({ default: text, help, name, typeName }) =>
    [name, typeName, text, help].join(" | "),
  );
}

async function papermills(source: string): Promise<readonly string[]> {
  const { error, value } = await oracle.ask("inspect", { source });
  return inspectionLines(value ?? error);
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? "no literal" : encodeJson(value);
}

const literal = fc.oneof(
  fc.constantFrom(
    "1",
    "-2.5",
    "1e-3",
    "None",
    "True",
    "'text'",
    '"two words"',
    "[1, 2]",
    "(1, 'a')",
    '{"a": 1}',
    "{1, 2}",
    "1_000",
    "0x1F",
    "f(1)",
    "a.b + 2",
    "x[0]",
    "not y",
    "lambda: 3",
    "[i for i in range(3)]",
    "r'\\d+'",
    "u'é'",
    "x if y else z",
  ),
  fc.constantFrom(
    '{\n  "a": 1,\n  "b": [1,\n    2],\n}',
    "[\n# note\n 1, # one\n 2\n]",
    "(\n\n'a'\n)",
    "f(\n  1,\n  2)",
  ),
);
const annotation = fc.constantFrom(
  "",
  "",
  ": int",
  ": str",
  ":float",
  ": List[str]",
  ": Dict[str, int]",
  " : Optional[int]",
  ": 'str'",
  ': "List[int]" ',
  ": my_type",
);
const comment = fc.constantFrom(
  "",
  "",
  " # help",
  "  # type: int",
  " #type: str the name",
  "# help # more",
  " # type:float  spaced  help ",
  " #",
  " # type: int # x",
);
const filler = fc.constantFrom("", "# a comment", "   ", "#: int");
const cell = fc
  .array(fc.tuple(fc.constantFrom("=", " = ", " ="), annotation, literal, comment, filler), { maxLength: 5 })
  .map((lines) =>
    lines
      .map(
        ([equals, type, value, tail, after], index) => `p${index}${type}${equals}${value}${tail}\n${after}`,
      )
      .join("\n"),
  );

describe("inferParameters in Python", () => {
  it("infers what papermill infers from what it reads", async () => {
    await fc.assert(
      fc.asyncProperty(cell, async (source) => {
        expect(ours(source)).toEqual(await papermills(source));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["text with an equals sign", 'x = "a=b"', 'x | None | "a=b" | '],
    ["a call with keywords", "x = f(a=1)", "x | None | f(a=1) | "],
    ["help with an equals sign", "x = 1  # a=b", "x | None | 1 | a=b"],
    ["a hash in text", 'x = "#nc"  # colour', 'x | None | "#nc" | colour'],
    ["a union", "x: int | None = None", "x | int | None | None | "],
    ["a dotted type", "x: datetime.date = None", "x | datetime.date | None | "],
    ["literals", 'x: Literal["a", "b"] = "a"', 'x | Literal["a", "b"] | "a" | '],
    ["a variable without a value", "x: int  # how many", "x | int |  | how many"],
    [
      "a type comment with a space",
      "x = {}  # type: Dict[str, int] counts",
      "x | Dict[str, int] | {} | counts",
    ],
    ["a type comment that never closes", "x = {}  # type: Dict[str, int", "x | Dict[str, | {} | int"],
    ["text over lines", 'x = """a\nb # c\n"""  # two', 'x | None | """a\nb # c\n""" | two'],
    ["a line that goes on", "x = 1 + \\\n  2", "x | None | 1 + 2 | "],
    ["two on a line", "x = 1; y = 2  # both", "x | None | 1 | ; y | None | 2 | both"],
    ["a chain", "x = y = 1", "x | None | 1 | ; y | None | 1 | "],
    ["an f-string", 'x = f"{d["a"]}#"  # f', 'x | None | f"{d["a"]}#" | f'],
    ["a keyword-like name", "match = 1\ntype = 2", "match | None | 1 | ; type | None | 2 | "],
    ["the last of two", "x = 1\ny = 2\nx = 3", "x | None | 3 | ; y | None | 2 | "],
    ["a comparison in a default", "x = a == b", "x | None | a == b | "],
    ["Windows line ends", "x = 1  # one\r\ny = 2\r\n", "x | None | 1 | one; y | None | 2 | "],
  ])("reads %s", (_what, source, expected) => {
    expect(ours(source).join("; ")).toBe(expected);
  });

  it.each([
    ["indented lines", "if a:\n    x = 1\nfor i in b:\n\tx = 2"],
    ["what follows a colon", "if a: x = 1; y = 2"],
    ["calls behind a default", "print(x)"],
    ["other targets", "a, b = 1, 2\na.b = 1\na[0] = 1\n(a) = 1\n*a, = b\na += 1"],
    ["magics and shells", "%time x = 1\n!x=1\n?x"],
    ["a cell of another language", "%%bash\nx=1"],
    ["functions and classes", "def f(x=1): return x\nclass A: x = 1\nasync def g(): pass\n@d(x=1)"],
    ["comments", "# x = 1\n  # y = 2"],
    ["nothing", ""],
  ])("leaves out %s", (_what, source) => {
    expect(ours(source)).toEqual([]);
  });

  it("ends a default at the end of its line", () => {
    expect(ours("x = 1\nprint(x)\n")).toEqual(["x | None | 1 | "]);
  });

  it("reads the values that Python reads", async () => {
    const sources = [
      "1",
      "-2",
      "+3",
      "0x_ff",
      "0o17",
      "0b1_0",
      "1_000.5e-1_0",
      ".5",
      "5.",
      "1e400",
      "-1e16",
      "00",
      "10**1",
      "012",
      "1__0",
      "1j",
      "0_7",
      "'a' \"b\" r'\\c'",
      "'\\x41\\u263a\\101\\\n\\q\\'\\a'",
      "'''a\nb'''",
      "b'a'",
      "f'a'",
      "'\\N{DASH}'",
      "u'a'",
      "Rb'a'",
      "None",
      "True",
      "False",
      "Nope",
      "[]",
      "[1, [2.0], 'x',]",
      "()",
      "(1)",
      "(1,)",
      "(1, 2)",
      "1, 2",
      "1,",
      "{}",
      "{1, 2}",
      "{'a': 1, 'b': [None]}",
      "{'a': 1, 'a': 2}",
      "{**a}",
      "[*a]",
      "float('nan')",
      "-float('inf')",
      "float('x')",
      "9223372036854775808",
      "[1 2]",
      "[1",
      "'\\ud800'",
    ];
    for (const source of sources) {
      const [found] = infer(`x = ${source}`);
      const { value } = await oracle.ask("literal", { source });
      expect([source, shown(found?.value)]).toEqual([source, shown(value)]);
    }
  });
});
