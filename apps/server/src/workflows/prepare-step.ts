import { evaluateCondition, evaluateExpression, type ExpressionScope } from "@notemill/expressions";
import { encodeJson, type JsonValue } from "@notemill/json";
import { expressionIn, type WorkflowStep } from "@notemill/schedules";
import type { Preparation, StepFacts } from "@notemill/store";
import { ServerError } from "../server-error.ts";
import type { PlanContent } from "./plan-text.ts";
import { stepProblem } from "./step-problem.ts";
import { stepScope } from "./step-scope.ts";

/** Finds out the condition and the items of a step. Pure; what is wrong is a value. */
export function prepareStep(content: PlanContent, facts: StepFacts): Preparation {
  const step = content.workflow.steps.find(({ key }) => key === facts.step);
  let field = "condition";
  try {
    const scope = stepScope(content, facts);
    if (step?.condition !== undefined && !evaluateCondition(step.condition, scope))
      return { kind: "declined" };
    field = "foreach";
    const items = step?.foreach === undefined ? null : itemsOf(step.foreach, scope);
    return { kind: "prepared", items: items === null ? null : items.map((it) => encodeJson(it)) };
  } catch (error) {
    return { kind: "failed", problem: stepProblem(error, field, facts) };
  }
}

function itemsOf(
  { list, range, cel }: NonNullable<WorkflowStep["foreach"]>,
  scope: ExpressionScope,
): readonly JsonValue[] {
  if (list !== undefined) {
    return list.map((it) => {
      const expression = expressionIn(it);
      return expression === undefined ? it : evaluateExpression(expression, scope);
    });
  }
  if (range !== undefined) {
    const { from, to, step } = range;
    const count = Math.max(0, Math.floor((to - from) / step) + 1);
    return Array.from({ length: count }, (_, index) => from + index * step);
  }
  const items = evaluateExpression(cel ?? "[]", scope);
  if (Array.isArray(items)) return items as readonly JsonValue[];
  throw new ServerError("FOREACH_ITEMS_INVALID", `the items are no list: "${cel}" gives ${shown(items)}`);
}

function shown(value: JsonValue): string {
  const text = encodeJson(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
