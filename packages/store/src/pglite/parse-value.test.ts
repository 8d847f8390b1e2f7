import { describe, expect, it } from "vitest";
import { parserOf } from "./parse-value.ts";

describe("parserOf", () => {
  it.each([
    ["text", 25, "a {b}", "a {b}"],
    ["a type that it does not know", 999_999, "1", "1"],
    ["a number", 23, "-7", -7],
    ["a large number", 20, "9007199254740991", 9_007_199_254_740_991],
    ["one that no number can be", 20, "9007199254740993", 9_007_199_254_740_993n],
    ["truth", 16, "f", false],
    ["a time", 1184, "2026-11-29 01:02:03.456+00", new Date("2026-11-29T01:02:03.456Z")],
    ["JSON", 114, '{"a": [1]}', { a: [1] }],
    ["no element", 1009, "{}", []],
    ["elements", 1009, "{a,b}", ["a", "b"]],
    [
      "elements that need quotes",
      1009,
      String.raw`{"a,b","{}","say \"x\"","\\",""}`,
      ["a,b", "{}", 'say "x"', "\\", ""],
    ],
    ["lines", 1009, '{"a\nb","\\\n"}', ["a\nb", "\n"]],
    ["nothing, and the word for it", 1009, '{NULL,"NULL"}', [null, "NULL"]],
    ["numbers", 1007, "{1,NULL,3}", [1, null, 3]],
  ])("reads %s", (_what, type, text, expected) => {
    expect(parserOf(type)(text)).toEqual(expected);
  });
});
