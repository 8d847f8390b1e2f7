import { evaluateExpression, type ExpressionScope } from "@notemill/expressions";
import { encodeJson, type JsonValue } from "@notemill/json";
import { expressionIn, type WorkflowStep } from "@notemill/schedules";
import type { TaskFacts, TaskPlan } from "@notemill/store";
import { checkParameters } from "../runs/check-parameters.ts";
import { notebookOf } from "../runs/notebook-of.ts";
import { checkParameterSize } from "../runs/parameter-size.ts";
import { ServerError } from "../server-error.ts";
import type { PlanContent } from "./plan-text.ts";
import { stepProblem } from "./step-problem.ts";
import { stepScope } from "./step-scope.ts";
import { type RunStep, stepKernel, stepSettings } from "./step-settings.ts";

/** What tasks may have. */
export interface TaskBounds {
  /** The most bytes of the parameters of a run, as JSON. */
  readonly maxParameterBytes: number;
}

/** Makes the run or the wait of a task. Pure; what is wrong is a value. */
export function planTask(content: PlanContent, facts: TaskFacts, bounds: TaskBounds): TaskPlan {
  let field = "";
  try {
    const step = content.workflow.steps.find(({ key }) => key === facts.step);
    if (step === undefined) throw new Error(`the workflow has no step "${facts.step}"`);
    const scope = stepScope(content, facts);
    const on = (name: string): void => {
      field = name;
    };
    return step.type === "wait"
      ? { kind: "wait", until: waitEnd(step, scope, facts.now, on) }
      : { kind: "run", run: notebookRun(content, { step, bounds }, scope, on) };
  } catch (error) {
    return { kind: "failed", problem: stepProblem(error, field, facts) };
  }
}

function waitEnd(
  step: WorkflowStep & { readonly type: "wait" },
  scope: ExpressionScope,
  now: Date,
  on: (field: string) => void,
): Date {
  if (step.until === undefined) return new Date(now.getTime() + (step.duration_ms ?? 0));
  on("until");
  const value = evaluateExpression(step.until, scope);
  const instant = typeof value === "string" ? Date.parse(value) : Number.NaN;
  // Neither is what no calendar and not every database has a form for.
  if (instant >= FIRST_INSTANT && instant <= LAST_INSTANT) return new Date(instant);
  throw new ServerError(
    "WAIT_UNTIL_INVALID",
    `${encodeJson(value)} is no instant, such as 2026-03-29T06:00:00Z`,
  );
}

/** The years 1 to 9999. */
const FIRST_INSTANT = Date.parse("0001-01-01T00:00:00Z");
const LAST_INSTANT = Date.UTC(10_000, 0, 1) - 1;

function notebookRun(
  { pins }: PlanContent,
  { step, bounds }: { readonly step: RunStep; readonly bounds: TaskBounds },
  scope: ExpressionScope,
  on: (field: string) => void,
): (TaskPlan & { readonly kind: "run" })["run"] {
  const notebook = pins.get(step.key)?.notebook ?? null;
  if (notebook === null) throw new Error(`step "${step.key}" has no notebook`);
  const resolved = Object.entries(step.parameters).map(([name, value]): [string, JsonValue] => {
    on(`parameters.${name}`);
    const expression = expressionIn(value);
    return [name, expression === undefined ? value : evaluateExpression(expression, scope)];
  });
  const parameters = encodeJson(Object.fromEntries(resolved));
  const kernelName = stepKernel(step);
  on("parameters");
  checkParameterSize(parameters, bounds.maxParameterBytes);
  checkParameters(notebookOf(Buffer.from(notebook.head)), parameters, kernelName);
  return {
    path: notebook.path,
    sourceHash: notebook.sourceHash,
    kernelName,
    parameters,
    settings: stepSettings(step),
    priority: step.priority ?? 0,
    tags: [...new Set(step.tags)],
  };
}
