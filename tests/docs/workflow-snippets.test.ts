import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { expressionProblem } from "../../packages/expressions/src/index.ts";
import { parametersToJson, parseParameterYaml } from "../../packages/parameters/src/index.ts";
import { readWorkflow } from "../../packages/schedules/src/index.ts";

it("every workflow of docs/guides/workflows.md can be used as it stands", () => {
  const page = readFileSync("docs/guides/workflows.md", "utf8");
  const examples = [...page.matchAll(/```yaml\n(name:[\s\S]*?)```/g)].map(([, yaml = ""]) => yaml);
  expect(examples.length).toBeGreaterThan(0);
  for (const yaml of examples) {
    const { name, ...value } = parametersToJson(parseParameterYaml(yaml));
    expect(name).toEqual(expect.any(String));
    expect(readWorkflow(value, { checkExpression: expressionProblem })).toMatchObject({ ok: true });
  }
});
