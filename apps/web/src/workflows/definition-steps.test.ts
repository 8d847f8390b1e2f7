import { expect, it } from "vitest";
import { definitionParameters, definitionSteps } from "./definition-steps.ts";

it("reads what people are shown of a definition, and leaves out what is no step", () => {
  const text = `{"parameters":{"region":"eu","rate":1.0},"steps":[
    {"key":"a","type":"notebook","path":"~/a.ipynb"}, 12, {"type":"wait"},
    {"key":"b","type":"script","language":"sql","depends_on":["a", 3],"foreach":{"list":[1]},"condition":"x > 0"},
    {"key":"c","type":"wait","trigger_rule":"all_succeeded"},
    {"key":"d","type":"wait","trigger_rule":"all_done"},
    {"key":"e","type":"wait","trigger_rule":"one_failed"}]}`;
  const plain = { type: "wait", dependsOn: [], about: "", isForeach: false, condition: null, rule: null };
  expect(definitionSteps(text)).toEqual([
    { ...plain, key: "a", type: "notebook", about: "~/a.ipynb" },
    {
      ...plain,
      key: "b",
      type: "script",
      dependsOn: ["a"],
      about: "sql",
      isForeach: true,
      condition: "x > 0",
    },
    { ...plain, key: "c" },
    { ...plain, key: "d", rule: "even if one fails" },
    { ...plain, key: "e", rule: "only if one fails" },
  ]);
  expect(definitionParameters(text).map(([name]) => name)).toEqual(["region", "rate"]);
  expect(definitionSteps("[]")).toEqual([]);
});
