import { encodeJson, JsonNumber, parseJson, RawJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import { describe, expect, it } from "vitest";

import { inferParameters } from "../infer/infer-parameters.ts";
import type { InferredParameter } from "../infer/inferred-parameter.ts";
import { parameterSchema } from "./parameter-schema.ts";
import { validateParameters } from "./validate-parameters.ts";

function declared(source: string): readonly InferredParameter[] {
  const cell = { cell_type: "raw", id: "a", metadata: { tags: ["parameters"] }, source } as const;
  return inferParameters({ cells: [cell] }, { language: "python" });
}

/** The problems of one value for one declaration, each as `severity kind: message`. */
function check(source: string, value: JsonValue): string {
  return validateParameters(declared(source), new Map([["x", value]]))
    .map(({ kind, message, severity }) => `${severity} ${kind}: ${message}`)
    .join("\n");
}

describe("validateParameters", () => {
  it.each<[string, JsonValue]>([
    ["x: int = 1", 5],
    ["x: int = 1", parseJson("12345678901234567890")],
    ["x: float = 1.0", 5],
    ["x: float = 1.0", new JsonNumber("NaN")],
    ["x: str = ''", "5"],
    ["x: Optional[int] = None", null],
    ["x: int | None = None", 5],
    ["x: list[int] = []", [1, 2]],
    ["x: dict[str, float] = {}", { a: 1, b: 0.5 }],
    ["x: Literal['a', 1] = 'a'", 1],
    ["x: list[int] | str = ''", "a"],
    ["x: list[int] | str = ''", [1]],
    ["x: datetime.date = d", "2026-01-01"],
    ["x: list[int] = []", new RawJson("[1]")],
    ["x = 1", 0.5],
    ["x = 1.0", 5],
    ["x = 1", null],
    ["x = None", "anything"],
    ["x = f()", [1]],
    ["x = []", ["a"]],
  ])("has nothing to say where %j gets %j", (source, value) => {
    expect(check(source, value)).toBe("");
  });

  it.each<[string, JsonValue, string]>([
    ["x: int = 1", "5", 'error type-mismatch: parameter "x": expected integer, found string "5"'],
    [
      "x: int = 1",
      new JsonNumber("1.0"),
      'error type-mismatch: parameter "x": expected integer, found number 1.0',
    ],
    ["x: int = 1", true, 'error type-mismatch: parameter "x": expected integer, found boolean true'],
    ["x: int = 1", null, 'error type-mismatch: parameter "x": expected integer, found null'],
    [
      "x: int | None = 1",
      "a",
      'error type-mismatch: parameter "x": expected integer or null, found string "a"',
    ],
    [
      "x: list[int] = []",
      [1, "a"],
      'error type-mismatch: parameter "x"[1]: expected integer, found string "a"',
    ],
    [
      "x: list[int] = []",
      { a: 1 },
      'error type-mismatch: parameter "x": expected array of integer, found object {"a":1}',
    ],
    [
      "x: dict[str, list[int]] = {}",
      { a: [1], "b c": [null] },
      'error type-mismatch: parameter "x"["b c"][0]: expected integer, found null',
    ],
    [
      "x: Literal['a', 'b'] = 'a'",
      "c",
      'error type-mismatch: parameter "x": expected one of "a", "b", found string "c"',
    ],
    [
      "x: list[int] | str = ''",
      5,
      'error type-mismatch: parameter "x": expected array of integer or string, found integer 5',
    ],
    [
      "x: str = ''",
      ["y".repeat(100)],
      `error type-mismatch: parameter "x": expected string, found array ["${"y".repeat(58)}…`,
    ],
    ["x = 1", "a", 'warning type-mismatch: parameter "x": expected integer, found string "a"'],
    ["x = 'a'", 1, 'warning type-mismatch: parameter "x": expected string, found integer 1'],
    ["y = 1", 1, "warning unknown-name: Passed unknown parameter: x"],
  ])("where %j gets %j", (source, value, expected) => {
    expect(check(source, value)).toBe(expected);
  });

  it("tells what is missing, last", () => {
    const problems = validateParameters(declared("a: int\nb: int = 1\nc: str"), new Map([["z", 1]]));
    expect(problems.map(({ name, severity, kind }) => `${severity} ${kind} ${name}`)).toEqual([
      "warning unknown-name z",
      "error value-missing a",
      "error value-missing c",
    ]);
  });
});

describe("parameterSchema", () => {
  it("describes all parameters", () => {
    expect(encodeJson(parameterSchema(declared("a: int  # how many\nb = 1.0")))).toBe(
      '{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{' +
        '"a":{"title":"a","type":"integer","description":"how many"},' +
        '"b":{"title":"b","type":"number","default":1.0}},"required":["a"]}',
    );
  });
});
