import { describe, expect, it } from "vitest";
import { encodeJson } from "./encode-json.ts";
import { JsonNumber } from "./json-number.ts";
import { parseJson } from "./parse-json.ts";
import type { ParseJsonOptions } from "./parse-json.ts";
import { RawJson } from "./raw-json.ts";

describe("parseJson", () => {
  it.each([
    ["0", 0],
    ["-7", -7],
    ["9007199254740991", 9007199254740991],
    ["0.5", 0.5],
    ["-0.125", -0.125],
    ["0.0001", 0.0001],
    ["1e-05", 1e-5],
    ["123456789.123", 123456789.123],
  ])("gives %s as a plain number", (text, value) => {
    expect(parseJson(text)).toBe(value);
  });

  it.each([
    "1.0",
    "-0",
    "-0.0",
    "1.50",
    "1e5",
    "1E5",
    "1e-5",
    "0.00001",
    "9007199254740992",
    "12345678901234567890",
    "1e400",
    "1e16",
    "1e+16",
    "NaN",
    "Infinity",
    "-Infinity",
  ])("keeps %s as its text, because JavaScript would write it otherwise", (text) => {
    expect(parseJson(text)).toEqual(new JsonNumber(text));
    expect(encodeJson(parseJson(text))).toBe(text);
  });

  it.each([
    ["an empty array", "[ ]", []],
    ["an empty object", "{\n}", {}],
    ["words", "[true,false,null]", [true, false, null]],
    ["a list of strings", '["a" ,\n "b\\n","\\u00e9"]', ["a", "b\n", "é"]],
    ["a list that begins with strings", '["a", "b", 1, {"c": []}]', ["a", "b", 1, { c: [] }]],
    ["a long string with escapes", '"0123456789abc\\"\\\\"', '0123456789abc"\\'],
    ["a lone surrogate", '"\\ud800"', "\ud800"],
    ["a byte order mark", "\ufeff[1]", [1]],
    ["a repeated key, the last value winning", '{"a":1,"b":2,"a":3}', { a: 3, b: 2 }],
  ])("reads %s", (_what, text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it("keeps a key that means something to JavaScript a key", () => {
    const value = parseJson('{"__proto__": {"polluted": 1}, "constructor": 2}');
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(encodeJson(value)).toBe('{"__proto__":{"polluted":1},"constructor":2}');
  });

  it.each([
    ["", "expected a value at line 1, column 1, found the end"],
    ["[1,]", 'expected a value at line 1, column 4, found "]"'],
    ['{"a" 1}', 'expected ":" at line 1, column 6, found "1"'],
    ["{a: 1}", 'expected a key in double quotes at line 1, column 2, found "a"'],
    ["[1 2]", 'expected "," or "]" at line 1, column 4, found "2"'],
    ['{"a":1 "b"}', 'expected "," or "}" at line 1, column 8, found "\\""'],
    ["[1]\n]", 'expected the end of the text at line 2, column 1, found "]"'],
    ['"a\nb"', 'expected a closing quote at line 1, column 3, found "\\n"'],
    ['["ok",\n "not closed]', "expected a closing quote at line 2, column 14, found the end"],
    ['"', "expected a closing quote at line 1, column 2, found the end"],
    ['"\\x"', 'expected an escape such as \\n or \\u00e9 at line 1, column 2, found "\\\\"'],
    [
      '["long enough to matter \\u12g4"]',
      'expected an escape such as \\n or \\u00e9 at line 1, column 25, found "\\\\"',
    ],
    ["01", 'expected the end of the text at line 1, column 2, found "1"'],
    ["nul", 'expected a value at line 1, column 1, found "n"'],
    ["<html>", 'expected a value at line 1, column 1, found "<"'],
    ["[😀]", 'expected a value at line 1, column 2, found "😀"'],
  ])("says where %j is wrong", (text, message) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: "JSON_INVALID", message }));
  });

  it("gives the place of the fault as data", () => {
    expect(() => parseJson('{\n "a": ?}')).toThrow(
      expect.objectContaining({ details: { offset: 8, line: 2, column: 7 } }),
    );
  });

  it.each([
    ["arrays", "[".repeat(501)],
    ["objects", '{"a":'.repeat(501)],
    ["raw values", `{"raw":${"[".repeat(501)}`],
    ["a hundred thousand levels", "[".repeat(100_000)],
  ])("refuses nesting beyond the limit in %s", (_what, text) => {
    expect(() => parseJson(text, { keepRaw: ([key]) => key === "raw" })).toThrow(
      expect.objectContaining({ code: "JSON_TOO_DEEP" }),
    );
  });

  it("reads nesting up to the limit", () => {
    const text = "[".repeat(500) + "]".repeat(500);
    expect(encodeJson(parseJson(text))).toBe(text);
    const deeper = "[".repeat(1000) + "]".repeat(1000);
    expect(encodeJson(parseJson(deeper, { maxDepth: 1_000_000 }))).toBe(deeper);
    expect(() => parseJson(`[${deeper}]`, { maxDepth: 1_000_000 })).toThrow("deeper than 1000 levels");
  });

  it.each([
    ["numbers", "[1,2,3,4]", 14],
    ["strings among others", '["a","b",1,"c"]', 14],
    ["a list of strings", '["a","b","c","d"]', 10],
    ["entries", '{"a":1,"b":2,"c":3,"d":4}', 14],
    ["nested values", "[[],[]]", 32],
    ["numbers kept as text", "[1.0,2]", 15],
  ])("refuses more values than the limit: %s", (_what, text, weight) => {
    expect(() => parseJson(text, { maxValues: weight - 1 })).toThrow(
      expect.objectContaining({
        code: "JSON_TOO_COMPLEX",
        message: expect.stringContaining(`more values than the limit of ${weight - 1} allows, at line 1`),
      }),
    );
    expect(() => parseJson(text, { maxValues: weight })).not.toThrow();
  });
});

describe("parseJson with keepRaw", () => {
  /** Lists the paths that are asked for. */
  function paths(text: string): string[] {
    const asked: string[] = [];
    const keepRaw: ParseJsonOptions["keepRaw"] = (path) => {
      asked.push(path.join("."));
      return false;
    };
    parseJson(text, { keepRaw });
    return asked;
  }

  it("shows what has been read so far on the way there", () => {
    const seen: unknown[] = [];
    parseJson('{"a":1,"b":[{"c":2,"d":3}]}', {
      keepRaw: (path, parents) => {
        if (path.at(-1) === "d") seen.push(structuredClone(parents));
        return false;
      },
    });
    expect(seen).toEqual([[{ a: 1 }, [], { c: 2 }]]);
  });

  it("asks for the value under every key", () => {
    expect(paths('{"a":[{"b":1},["x"],{"c":{"d":2}}],"e":3}')).toEqual([
      "a",
      "a.0.b",
      "a.2.c",
      "a.2.c.d",
      "e",
    ]);
  });

  it.each([" 1.0 ", '"text"', "[1, 2]", '{"a": [NaN, "\\u00e9"]}', "null"])("leaves %s as it is", (json) => {
    const value = parseJson(`{"raw":${json},"after":1}`, { keepRaw: ([key]) => key === "raw" });
    expect(value).toEqual({ raw: new RawJson(json.trim()), after: 1 });
  });

  it.each(["[1", '{"a"}', "[01]", '"\u0001"', '["\\q"]', "tru", "[1,]", '{"a":1,}', "{1:2}", "+1"])(
    "still refuses %s",
    (json) => {
      expect(() => parseJson(`{"raw":${json}}`, { keepRaw: () => true })).toThrow(
        expect.objectContaining({ code: "JSON_INVALID" }),
      );
    },
  );

  it("does not count what it leaves", () => {
    const text = '{"raw":[1,2,3,4,5,6]}';
    expect(() => parseJson(text, { keepRaw: () => true, maxValues: 11 })).not.toThrow();
  });
});

describe("parseJson with joinLines", () => {
  function readJoined(json: string): unknown {
    return parseJson(`{"text":${json},"list":["a"]}`, { joinLines: (path) => path.join() === "text" });
  }

  it.each([
    ["a list of strings", '["a\\n", "b"]', "a\nb"],
    ["an empty list", "[ ]", ""],
    ["a list of one", '[\n"\\u00e9"\n]', "é"],
    ["a string", '"a"', "a"],
  ])("gives %s as one string", (_what, json, text) => {
    expect(readJoined(json)).toEqual({ text, list: ["a"] });
  });

  it.each([
    ["a list with anything else", '["a", 1]', ["a", 1]],
    ["an object", '{"a": ["b"]}', { a: ["b"] }],
    ["a number", "1", 1],
  ])("leaves %s what it is", (_what, json, value) => {
    expect(readJoined(json)).toEqual({ text: value, list: ["a"] });
  });

  it.each([1, 4095, 4096, 4097, 8192, 10_000])("joins %i lines", (count) => {
    const lines = Array.from({ length: count }, (_none, index) => `line ${index}\n`);
    expect(readJoined(JSON.stringify(lines, null, 1))).toEqual({ text: lines.join(""), list: ["a"] });
    expect(readJoined(JSON.stringify([...lines, 1]))).toEqual({ text: [...lines, 1], list: ["a"] });
  });

  it.each(['["a"', '["a",]', '["a\n"]', '["a" "b"]', '["', "[", '["\\q"]'])("still refuses %s", (json) => {
    expect(() => readJoined(json)).toThrow(expect.objectContaining({ code: "JSON_INVALID" }));
  });
});
