import type { SweepChild } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { sweepTable } from "./sweep-table.ts";
import { sweepValues, valuesText } from "./sweep-values.ts";

describe("sweepValues", () => {
  it.each([
    ["no run", [], [[], []]],
    ["one run, which varies nothing", ['{"a":1}'], [[], [["a", "1"]]]],
    ["no values", ["{}", "{}"], [[], []]],
    [
      "each value once, in the order of the runs",
      ['{"a":0.5,"b":"x","c":1}', '{"a":0.5,"b":"y","c":1}', '{"a":0.1,"b":"x","c":1}'],
      [
        [
          ["a", ["0.5", "0.1"]],
          ["b", ["x", "y"]],
        ],
        [["c", "1"]],
      ],
    ],
    [
      "what only some were given",
      ['{"a":1}', '{"a":1,"b":2}'],
      [[["b", ["the default", "2"]]], [["a", "1"]]],
    ],
  ] as const)("of %s", (_name, texts, [varied, shared]) => {
    expect(sweepValues(sweepTable(texts.map(child)))).toEqual({ varied, shared });
  });
});

describe("valuesText", () => {
  it("shows all of a few, and says how many many are", () => {
    expect(valuesText(["0.2", "0.4"])).toBe("0.2, 0.4");
    const many = Array.from({ length: 40 }, (_value, at) => String(at));
    expect(valuesText(many)).toBe("0, 1, 2, 3, 4, 5, … 39 (40 values)");
  });
});

function child(parameters: string, index: number): SweepChild {
  return {
    index,
    run_id: null,
    status: "not_started",
    is_kept: false,
    parameters: new RawJson(parameters),
    metrics: null,
    seconds: null,
    failure: null,
  };
}
