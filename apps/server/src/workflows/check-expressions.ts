import { parseExpression } from "@notemill/expressions";
import { expressionsOf, type Workflow, type WorkflowStep } from "@notemill/schedules";
import type { DefinitionProblem } from "./define-workflow.ts";

/** What the expressions of a step name that will not be there. Every one of them can be read. */
export function expressionNameProblems(workflow: Workflow, step: WorkflowStep): readonly DefinitionProblem[] {
  const upstream = upstreamOf(workflow, step.key);
  return expressionsOf(step).flatMap(({ field, text }) => {
    const found = new Set<string>();
    for (const [first, second] of parseExpression(text).names) {
      if (first === "steps" && second !== undefined && !upstream.has(second)) {
        found.add(`"steps.${second}" is not there: the step does not depend on "${second}"`);
      }
      if (first !== "item" && first !== "index") continue;
      const isEach = field.startsWith("parameters.") || field === "until";
      if (step.foreach === undefined) found.add(`"${first}" is only there in a step with a foreach`);
      else if (!isEach) found.add(`"${first}" is not there before the items are`);
    }
    return [...found].map((message) => ({ code: "EXPRESSION_NAME_UNKNOWN", step: step.key, field, message }));
  });
}

/** The steps whose scraps the expressions of a step name; all before it where one is named by a value. */
export function readsOf(workflow: Workflow, step: WorkflowStep): readonly string[] {
  const upstream = upstreamOf(workflow, step.key);
  const names = expressionsOf(step).flatMap(({ text }) => parseExpression(text).names);
  const ways = names.filter(([first]) => first === "steps");
  if (ways.some(([, second]) => second === undefined)) return [...upstream].sort();
  const isRead = (key: string): boolean =>
    ways.some(([, second, third]) => second === key && third !== "status");
  return [...upstream].filter(isRead).sort();
}

/** The keys of the steps that a step depends on, directly or through others. */
function upstreamOf({ steps }: Workflow, key: string): ReadonlySet<string> {
  const byKey = new Map(steps.map((it) => [it.key, it.depends_on]));
  const found = new Set<string>();
  const open = [...(byKey.get(key) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(byKey.get(next) ?? []));
  }
  return found;
}
