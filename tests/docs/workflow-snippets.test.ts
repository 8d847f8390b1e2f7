import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { expressionProblem } from "../../packages/expressions/src/index.ts";
import { parametersToJson, parseParameterYaml } from "../../packages/parameters/src/index.ts";
import { readWorkflow } from "../../packages/schedules/src/index.ts";

it("every workflow of docs/guides/schedules.md can be used as it stands", () => {
  const page = readFileSync("docs/guides/schedules.md", "utf8");
  const examples = [...page.matchAll(/```yaml\n(steps:[\s\S]*?)```/g)].map(([, yaml = ""]) => yaml);
  expect(examples.length).toBeGreaterThan(0);
  for (const yaml of examples) {
    const value = parametersToJson(parseParameterYaml(yaml));
    expect(readWorkflow(value, { checkExpression: expressionProblem })).toMatchObject({ ok: true });
  }
});
