import { describe, expect, it } from "vitest";
import { scanJson, scanJsonMembers } from "./scan-json.ts";

describe("scanJson", () => {
  it.each([
    ["1.5e3,2", 0, 5],
    ["  true ]", 0, 6],
    ['x"a\\"b"y', 1, 7],
    ['[{"a":[]},{}] rest', 0, 13],
    ["-Infinity", 0, 9],
  ])("finds the end of the value in %j from %i", (text, offset, end) => {
    expect(scanJson(text, offset)).toBe(end);
  });

  it("takes any depth that is allowed without a stack", () => {
    expect(() => scanJson("[".repeat(1_000_000))).toThrow(expect.objectContaining({ code: "JSON_TOO_DEEP" }));
  });
});

describe("scanJsonMembers", () => {
  /** The members' keys and texts. */
  function members(text: string, offset?: number): (string | undefined)[][] {
    return scanJsonMembers(text, offset).map(({ key, start, end }) => [key, text.slice(start, end)]);
  }

  it.each([
    [
      "of an object",
      '{ "a" : [1, 2] , "b\\n":{"c":3}}',
      0,
      [
        ["a", "[1, 2]"],
        ["b\n", '{"c":3}'],
      ],
    ],
    [
      "of an array",
      ' ["x", 1.0 ,[]] ',
      0,
      [
        [undefined, '"x"'],
        [undefined, "1.0"],
        [undefined, "[]"],
      ],
    ],
    ["at an offset", 'x{"a":1}', 1, [["a", "1"]]],
    ["of an empty array", "[ ]", 0, []],
    ["of an empty object", "{}", 0, []],
    ["of a scalar", "12", 0, []],
  ])("finds the members %s", (_what, text, offset, expected) => {
    expect(members(text, offset)).toEqual(expected);
  });

  it.each(["[1", "[1,]", '{"a":1,}', '{"a"}', "{a:1}"])("refuses %s", (text) => {
    expect(() => members(text)).toThrow(expect.objectContaining({ code: "JSON_INVALID" }));
  });
});
