import { expect, it } from "vitest";
import { definitionLine } from "./definition-line.ts";

const TEXT = `name: nightly
parameters:
  region: eu
steps:
  - key: a
    type: notebook
  - key: b
    foreach:
      list:
        - 1
        - 2
  - key: b
    type: wait
`;

it.each([
  [null, "", 1],
  [null, "parameters.region", 3],
  ["a", "type", 6],
  ["a", "path", 5],
  [1, "foreach.list.1", 11],
  ["b", "", 12],
  ["none", "path", 4],
])("finds step %s, field %j in line %s", (step, field, line) => {
  expect(definitionLine(TEXT, { step, field })).toBe(line);
});

it("finds nothing in text that is no YAML", () => {
  expect(definitionLine("a: [", { step: "a", field: "" })).toBeTypeOf("number");
  expect(definitionLine("", { step: null, field: "" })).toBeNull();
});
