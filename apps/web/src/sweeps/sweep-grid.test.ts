import type { SweepChild } from "@notemill/api";
import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { gridOf, setsOf } from "./sweep-grid.ts";

const children = (...texts: readonly string[]): readonly SweepChild[] =>
  texts.map((text, index) => ({
    index,
    run_id: null,
    status: "succeeded",
    is_kept: false,
    parameters: new RawJson(text),
    metrics: null,
    seconds: null,
    failure: null,
  }));

it.each([
  [
    "every value with every other",
    [
      '{"a":1.0,"b":"x","c":true}',
      '{"a":1.0,"b":"y","c":true}',
      '{"a":2,"b":"x","c":true}',
      '{"a":2,"b":"y","c":true}',
    ],
    ['{"c":true}', '{"a":[1.0,2],"b":["x","y"]}', "product"],
  ],
  [
    "one after the other",
    ['{"a":1,"b":2}', '{"a":2,"b":4}', '{"a":1,"b":3}'],
    ["{}", '{"a":[1,2,1],"b":[2,4,3]}', "zip"],
  ],
  ["one list", ['{"a":1}', '{"a":2}'], ["{}", '{"a":[1,2]}', "product"]],
])("finds %s", (_what, texts, [shared, grid, mode]) => {
  const found = gridOf(children(...texts));
  expect([found?.shared.text, found?.grid.text, found?.mode]).toEqual([shared, grid, mode]);
});

it("finds no lists where runs have other names", () => {
  expect(gridOf(children('{"a":1}', '{"b":1}'))).toBeNull();
});

it("keeps every set as it was written", () => {
  expect(setsOf(children('{"a":1.0}', "{}")).text).toBe('[{"a":1.0},{}]');
});
