import { encodeJson } from "@notemill/json";
import { describe, expect, it } from "vitest";

import { parametersToJson } from "./parameter-map.ts";
import { parseParameterYaml } from "./parse-parameter-yaml.ts";

describe("parseParameterYaml", () => {
  it("keeps numbers as they are", () => {
    const json = encodeJson(
      parametersToJson(parseParameterYaml("a: 1.0\nb: 12345678901234567890\nc: .nan\nd: -.inf\ne: -0.0")),
    );
    expect(json).toBe('{"a":1.0,"b":12345678901234567890,"c":NaN,"d":-Infinity,"e":-0.0}');
  });

  it("takes __proto__ for a name like any other", () => {
    const parameters = parseParameterYaml("__proto__: {__proto__: 1}");
    expect(encodeJson(parametersToJson(parameters))).toBe('{"__proto__":{"__proto__":1}}');
    expect(Object.getPrototypeOf(parameters.get("__proto__"))).toBe(Object.prototype);
  });

  it.each([
    ["b: 1\na: [1", 2],
    ["a: 1\nb: !!python/object:os.system ls", 2],
    ["# note\n- 1", 2],
    ["a: 1\n---\nb: 2", 2],
    ["a: 1\nb: *missing", 2],
    ["a:\n  ? [1]\n  : 2", 2],
    ["a: 1\n\nb: =", 3],
  ])("says where %j is wrong", (text, line) => {
    expect(() => parseParameterYaml(text)).toThrow(
      expect.objectContaining({ code: "PARAMETERS_INVALID", details: expect.objectContaining({ line }) }),
    );
  });

  it("names the tag, the value and the way out", () => {
    expect(() => parseParameterYaml("a: !!binary aGVsbG8=")).toThrow(
      'parameters are not valid at line 1: the tag "!!binary" is not supported; use null, bool, int, float, str, list or mapping',
    );
  });

  it("refuses values of any depth beyond its limit", () => {
    for (let depth = 501; depth < 12_000; depth += 2900) {
      const text = `a: ${"[".repeat(depth)}${"]".repeat(depth)}`;
      expect(() => parseParameterYaml(text)).toThrow(expect.objectContaining({ code: "PARAMETERS_INVALID" }));
    }
    expect(parseParameterYaml(`a: ${"[".repeat(400)}${"]".repeat(400)}`).size).toBe(1);
  });

  it.each([
    [
      "aliases of aliases",
      Array.from(
        { length: 30 },
        (_, i) => `a${i}: &a${i} [${i === 0 ? "x" : `*a${i - 1}, *a${i - 1}`}]`,
      ).join("\n"),
    ],
    [
      "merges of merges",
      Array.from(
        { length: 40 },
        (_, i) => `a${i}: &a${i} {${i === 0 ? "" : `<<: [*a${i - 1}, *a${i - 1}]`}}`,
      ).join("\n"),
    ],
    ["a value in itself", "a: &a {b: *a}"],
    ["brackets by the thousand", `a: ${"[".repeat(20_000)}`],
    ["closed brackets by the thousand", `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    [
      "a list of lists by the thousand",
      `a:\n${Array.from({ length: 3000 }, (_, i) => `${" ".repeat(i)}-`).join("\n")}`,
    ],
  ])("refuses %s in bounded time", (_what, text) => {
    expect(() => parseParameterYaml(text)).toThrow(expect.objectContaining({ code: "PARAMETERS_INVALID" }));
  });
});
