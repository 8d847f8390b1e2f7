import { describe, expect, it } from "vitest";
import { encodeJson } from "./encode-json.ts";
import type { EncodeJsonOptions } from "./encode-style.ts";
import { JsonNumber } from "./json-number.ts";
import type { JsonValue } from "./json-value.ts";
import { RawJson } from "./raw-json.ts";

const sample: JsonValue = {
  b: [1, { c: null }],
  a: { raw: new RawJson('{"z": 1.0, "y": []}') },
  e: {},
  l: [],
};

describe("encodeJson", () => {
  it.each<[string, EncodeJsonOptions, string]>([
    ["in one line", {}, '{"b":[1,{"c":null}],"a":{"raw":{"z": 1.0, "y": []}},"e":{},"l":[]}'],
    ["sorted", { sortKeys: true }, '{"a":{"raw":{"y":[],"z":1.0}},"b":[1,{"c":null}],"e":{},"l":[]}'],
    [
      "indented",
      { indent: 1 },
      '{\n "b": [\n  1,\n  {\n   "c": null\n  }\n ],\n "a": {\n  "raw": {\n   "z": 1.0,\n   "y": []\n  }\n },\n "e": {},\n "l": []\n}',
    ],
  ])("writes %s", (_how, options, text) => {
    expect(encodeJson(sample, options)).toBe(text);
  });

  it.each<[string, JsonValue, EncodeJsonOptions, string]>([
    ["an indent given as text", [1], { indent: "\t" }, "[\n\t1\n]"],
    ["a part of a deeper value", [1], { indent: 2, depth: 1 }, "[\n    1\n  ]"],
    ["keys by code point", { "😀": 1, "\uff01": 2, a: 3 }, { sortKeys: true }, '{"a":3,"\uff01":2,"😀":1}'],
    ["characters as they are", "é😀\u2028\u007f", {}, '"é😀\u2028\u007f"'],
    ["escapes for all that is not ASCII", "é😀", { escapeNonAscii: true }, '"\\u00e9\\ud83d\\ude00"'],
    ["control characters and lone surrogates escaped", "\u0000\n\ud800", {}, '"\\u0000\\n\\ud800"'],
    ["an integer", 3, {}, "3"],
    ["a float beyond the safe integers", 1e21, {}, "1e+21"],
    ["minus zero", -0, {}, "-0.0"],
    ["a number as it was read", new JsonNumber("1.50"), {}, "1.50"],
    ["a literal that was read", new JsonNumber("NaN"), { nonFinite: "string" }, "NaN"],
    ["infinity as Python does", [NaN, Infinity, -Infinity], {}, "[NaN,Infinity,-Infinity]"],
    ["infinity as strings", [NaN, -Infinity], { nonFinite: "string" }, '["NaN","-Infinity"]'],
    ["no entry for what is undefined", { a: undefined, b: 1 } as never, {}, '{"b":1}'],
  ])("writes %s", (_what, value, options, text) => {
    expect(encodeJson(value, options)).toBe(text);
  });

  it("refuses a value that is too deep to write", () => {
    let value: JsonValue = [];
    for (let depth = 0; depth < 100_000; depth++) value = [value];
    expect(() => encodeJson(value)).toThrow(expect.objectContaining({ code: "JSON_TOO_DEEP" }));
  });
});
