import { encodeJson } from "@notemill/json";
import { inferParameters } from "@notemill/parameters";
import { expect, it } from "vitest";
import { fieldOf } from "./field.ts";
import { readGridField } from "./grid-field.ts";

function reading(source: string, text: string): string {
  const metadata = { tags: ["parameters"] };
  const cell = { cell_type: "code", id: "a", metadata, source, execution_count: null, outputs: [] } as const;
  const [parameter] = inferParameters({ cells: [cell] }, { language: "python" });
  if (parameter === undefined) throw new Error(`no parameter in ${source}`);
  const read = readGridField(fieldOf(parameter), text);
  if (read.kind === "values") return read.values.map((it) => encodeJson(it)).join(" ");
  return read.kind === "default" ? "default" : read.message;
}

it.each([
  ["year = 2015", "2015", "default"],
  ["year = 2015", "2016..2018, 2020", "2016 2017 2018 2020"],
  ["year = 2015", "2016", "2016"],
  ["year = 2015", "a, b", "“a” is no number. Give numbers, as 1, 2, 5 or 1..5."],
  ["year = 2015", "1.5", "Give a whole number, as 12."],
  ["alpha: float = 0.5", "1, 0.25", "1.0 0.25"],
  ["alpha: float = 0.5", "0:1:0.5", "0.0 0.5 1.0"],
  [
    "alpha: float = 0.5",
    "0.1..0.4",
    '"0.1..0.4" counts by ones only between whole numbers; give a step, as 0.1:0.4:0.1, or put text in quotes.',
  ],
  ["name = 'x'", 'north, 01, 1..3, "a"', '"north" "01" "1..3" "a"'],
  ["is_new = True", "true, False", "true false"],
  ["is_new = True", "yes", "Give true, false, or both."],
  ["from typing import Literal\nkind: Literal['a', 'b'] = 'a'", "a, b", '"a" "b"'],
  ["from typing import Literal\nkind: Literal['a', 'b'] = 'a'", "c", "“c” is none of a, b."],
  ["names = ['a']", '["b"]', '["b"]'],
  ["names = ['a']", '["b"], ["c", "d"]', '["b"] ["c","d"]'],
])("%s with %s is %s", (source, text, expected) => {
  expect(reading(source, text)).toBe(expected);
});
