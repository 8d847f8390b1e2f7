import { expect, it } from "vitest";
import { readFilters } from "./read-filters.ts";

it.each([
  ["> 10", { is: "above", value: "10" }],
  ["<-1.5", { is: "below", value: "-1.5" }],
  ["= a b ", { is: "equals", value: "a b" }],
  ["a > b", { is: "contains", value: "a > b" }],
])("reads %j", (text, filter) => {
  expect(readFilters({ c: text, other: "  ", more: ">" })).toEqual([{ column: "c", ...filter }]);
});
