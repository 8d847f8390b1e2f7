import { encodeJson, JsonNumber } from "@notemill/json";
import { describe, expect, it } from "vitest";

import { parametersToJson } from "../parameter-map.ts";
import { expandGrid } from "./expand-grid.ts";
import type { ExpandGridOptions } from "./expand-grid.ts";
import type { Grid } from "./grid.ts";
import { parseGridAxis } from "./parse-grid-axis.ts";
import { parseGridYaml } from "./parse-grid-yaml.ts";

/** The runs of some axes, each as JSON. */
function runs(texts: readonly string[], options: ExpandGridOptions = {}): string[] {
  const grid: Grid = { axes: texts.map((text) => parseGridAxis(text)), kind: "axes" };
  return expandGrid(grid, options).map(({ parameters }) => encodeJson(parametersToJson(parameters)));
}

/** The values of one axis, as JSON. */
function values(text: string): string {
  return encodeJson(parseGridAxis(text).values);
}

describe("expandGrid", () => {
  it("combines every value with every other, the last axis first", () => {
    expect(runs(["a=1,2", "b=x,y"])).toEqual([
      '{"a":1,"b":"x"}',
      '{"a":1,"b":"y"}',
      '{"a":2,"b":"x"}',
      '{"a":2,"b":"y"}',
    ]);
  });

  it("takes the first of each, then the second, when asked to", () => {
    expect(runs(["a=1,2", "b=x,y", "c=0"], { mode: "zip" })).toEqual([
      '{"a":1,"b":"x","c":0}',
      '{"a":2,"b":"y","c":0}',
    ]);
  });

  it("labels and numbers the runs", () => {
    const grid: Grid = {
      axes: [
        { name: "a", values: [new JsonNumber("1.0"), "two words", null] },
        { name: "b", values: [[1, "x"]] },
      ],
      kind: "axes",
    };
    expect(expandGrid(grid).map(({ index, label }) => `${index} ${label}`)).toEqual([
      '0 a=1.0 b=[1,"x"]',
      '1 a="two words" b=[1,"x"]',
      '2 a=null b=[1,"x"]',
    ]);
  });

  it.each<[string, readonly string[], ExpandGridOptions, string]>([
    ["two lists for one parameter", ["a=1", "a=2"], {}, "SWEEP_INVALID"],
    ["lists of different lengths in a zip", ["a=1,2", "b=1,2,3"], { mode: "zip" }, "SWEEP_INVALID"],
    ["nothing", [], {}, "SWEEP_INVALID"],
    ["more runs than allowed", ["a=1..10", "b=1..11"], { maxRuns: 100 }, "SWEEP_TOO_LARGE"],
    [
      "more runs than any computer has time for",
      Array.from({ length: 40 }, (_, i) => `p${i}=1..10`),
      {},
      "SWEEP_TOO_LARGE",
    ],
    [
      "values that are long, and as many times as they are taken",
      [`a=${"x".repeat(100)}`, "b=1..10"],
      { maxCharacters: 1000 },
      "SWEEP_TOO_LARGE",
    ],
    ["a longer zip than allowed", ["a=1..11"], { maxRuns: 10, mode: "zip" }, "SWEEP_TOO_LARGE"],
  ])("refuses %s", (_what, texts, options, code) => {
    expect(() => runs(texts, options)).toThrow(expect.objectContaining({ code }));
  });
});

describe("parseGridAxis", () => {
  it.each([
    ["a=1,2,3", "[1,2,3]"],
    ["a=0.1,1.0,1e3,nan", "[0.1,1.0,1000.0,NaN]"],
    ["a=x,True,None", '["x",true,null]'],
    ["a= 1 , x", '[1," x"]'],
    ["a=''", '[""]'],
    ["a='0.2..0.4'", '["0.2..0.4"]'],
    ["a=1,", '[1,""]'],
    ["a='1',\"b,c\",it's", '["1","b,c","it\'s"]'],
    ["a=[1,[2]],[],{k: yes}", '[[1,[2]],[],{"k":true}]'],
    ["a=x=y", '["x=y"]'],
    ["a=1..5", "[1,2,3,4,5]"],
    ["a=3..1", "[3,2,1]"],
    ["a=-1..1", "[-1,0,1]"],
    ["a=5..5", "[5]"],
    ["a=0:1:0.1", "[0.0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1.0]"],
    ["a=0:1:0.3", "[0.0,0.3,0.6,0.9]"],
    ["a=1:0:-0.25", "[1.0,0.75,0.5,0.25,0.0]"],
    ["a=0:10:5", "[0,5,10]"],
    ["a=1e-3:5e-3:2e-3", "[0.001,0.003,0.005]"],
    ["a=0:1:.5", "[0.0,0.5,1.0]"],
    ["a=1,10..12,x", '[1,10,11,12,"x"]'],
    ["a=10:30", '["10:30"]'],
    ["a='1:2:1'", '["1:2:1"]'],
    ["a=9007199254740993..9007199254740994", "[9007199254740993,9007199254740994]"],
  ])("reads %j", (text, expected) => {
    expect(values(text)).toBe(expected);
  });

  it("keeps the name", () => {
    expect(parseGridAxis(" alpha =1").name).toBe("alpha");
  });

  it.each([
    ["alpha", "SWEEP_INVALID"],
    ["=1", "SWEEP_INVALID"],
    ["a=1:2:0", "SWEEP_INVALID"],
    ["a=1:2:-1", "SWEEP_INVALID"],
    ["a='open", "SWEEP_INVALID"],
    ["a=[1", "SWEEP_INVALID"],
    ["a=[1}", "SWEEP_INVALID"],
    ["a=", "SWEEP_INVALID"],
    ["a= ", "SWEEP_INVALID"],
    ["a=1..1000000", "SWEEP_TOO_LARGE"],
    ["a=0:1:1e-300", "SWEEP_TOO_LARGE"],
    ["a=1..9999999999999999999", "SWEEP_TOO_LARGE"],
  ])("refuses %j", (text, code) => {
    expect(() => parseGridAxis(text)).toThrow(expect.objectContaining({ code }));
  });
});

it("takes as many characters as it is allowed", () => {
  expect(runs([`a=${"x".repeat(90)}`, "b=1..10"], { maxCharacters: 1000 })).toHaveLength(10);
});

it.each([
  ["a=", "write a=1,2,3, or a='' in quotes"],
  ["a=0.2..0.4", "give a step, as 0.2:0.4:0.1"],
  ["a=1,0.5..0.25", "give a step, as 0.5:0.25:-0.01"],
  ["a=1..2.5", "give a step, as 1:2.5:0.1"],
  ["a=1e3..2e3", "give a step, as 1e3:2e3:1"],
])("says what to write in place of %j", (text, remedy) => {
  expect(() => parseGridAxis(text)).toThrow(remedy);
});

describe("parseGridYaml", () => {
  /** The runs of a grid file, as JSON. */
  function fromYaml(text: string): string[] {
    return expandGrid(parseGridYaml(text)).map(({ parameters }) => encodeJson(parametersToJson(parameters)));
  }

  it("reads axes", () => {
    expect(fromYaml("a: [1, 2]\nb:\n  - x\nc: fixed")).toEqual([
      '{"a":1,"b":"x","c":"fixed"}',
      '{"a":2,"b":"x","c":"fixed"}',
    ]);
  });

  it("reads sets of parameters", () => {
    expect(fromYaml("- {a: 1, b: [1, 2]}\n- a: 1.0")).toEqual(['{"a":1,"b":[1,2]}', '{"a":1.0}']);
  });

  it.each([
    ["", "SWEEP_INVALID"],
    ["- 1", "SWEEP_INVALID"],
    ["text", "SWEEP_INVALID"],
    ["[]", "SWEEP_INVALID"],
    ["{}", "SWEEP_INVALID"],
    ["a: []", "SWEEP_INVALID"],
    ["a: [1", "PARAMETERS_INVALID"],
  ])("refuses %j", (text, code) => {
    expect(() => fromYaml(text)).toThrow(expect.objectContaining({ code }));
  });
});
