import { describe, expect, it } from "vitest";
import { compareCodePoints } from "./compare-code-points.ts";
import { JsonNumber } from "./json-number.ts";
import { isJsonObject } from "./json-value.ts";
import { pythonFloatRepr } from "./python-float-repr.ts";
import { RawJson } from "./raw-json.ts";

describe("isJsonObject", () => {
  it.each([
    [{}, true],
    [[], false],
    [null, false],
    ["a", false],
    [new JsonNumber("1"), false],
    [new RawJson("{}"), false],
    [undefined, false],
  ])("tells %j apart", (value, expected) => {
    expect(isJsonObject(value)).toBe(expected);
  });
});

describe("JsonNumber and RawJson", () => {
  it.each([
    ["12345678901234567890", true],
    ["-3", true],
    ["1.0", false],
    ["1e5", false],
    ["NaN", false],
  ])("tell whether Python would read %s as an int", (text, expected) => {
    expect(new JsonNumber(text).isInteger).toBe(expected);
  });

  it("survive JSON.stringify as the nearest value", () => {
    const value = [new JsonNumber("1.0"), new RawJson('{"a": 1.50}'), new RawJson("[NaN]")];
    expect(JSON.stringify(value)).toBe('[1,{"a":1.5},"[NaN]"]');
  });
});

describe("compareCodePoints", () => {
  it("orders as Python does where UTF-16 units would not", () => {
    const keys = ["😀", "\uff01", "b", "", "a", "ab", "\ud7ff", "\ue000"];
    expect(keys.sort(compareCodePoints)).toEqual(["", "a", "ab", "b", "\ud7ff", "\ue000", "\uff01", "😀"]);
  });
});

describe("pythonFloatRepr", () => {
  it.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [1, "1.0"],
    [0.1, "0.1"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [-1.5e-7, "-1.5e-07"],
    [5e-324, "5e-324"],
    [123456.789, "123456.789"],
    [NaN, "nan"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ])("writes %d as %s", (value, text) => {
    expect(pythonFloatRepr(value)).toBe(text);
  });
});
