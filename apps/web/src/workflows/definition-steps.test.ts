import { expect, it } from "vitest";
import { definitionParameters, definitionSteps } from "./definition-steps.ts";

it("reads what people are shown of a definition, and leaves out what is no step", () => {
  const text = `{"parameters":{"region":"eu","rate":1.0},"steps":[
    {"key":"a","type":"notebook","path":"~/a.ipynb"}, 12, {"type":"wait"},
    {"key":"b","type":"script","language":"sql","depends_on":["a", 3],"foreach":{"list":[1]},"condition":"x > 0"}]}`;
  expect(definitionSteps(text)).toEqual([
    { key: "a", type: "notebook", dependsOn: [], about: "~/a.ipynb", isForeach: false, condition: null },
    { key: "b", type: "script", dependsOn: ["a"], about: "sql", isForeach: true, condition: "x > 0" },
  ]);
  expect(definitionParameters(text).map(([name]) => name)).toEqual(["region", "rate"]);
  expect(definitionSteps("[]")).toEqual([]);
});
