import type { ExpressionScope } from "@notemill/expressions";
import { isJsonObject, type JsonObject, type JsonValue, parseJson, RawJson } from "@notemill/json";
import type { StepFacts, TaskFacts, UpstreamStep } from "@notemill/store";
import type { PlanContent } from "./plan-text.ts";

/** What started a workflow-run, as its row has it. Instants are milliseconds since 1970. */
export interface Occasion {
  readonly slot: number | null;
  readonly interval: { readonly start: number; readonly end: number | null } | null;
  /** JSON. */
  readonly body: string | null;
}

/** An {@link Occasion} as JSON. */
export function encodeOccasion({ slot, interval, body }: Occasion): string {
  return JSON.stringify({ slot, interval, body });
}

/** Reads what {@link encodeOccasion} has written. */
export function decodeOccasion(text: string): Occasion {
  return JSON.parse(text) as Occasion;
}

/** What the expressions of a step can name. */
export function stepScope(
  { name, workflow }: Pick<PlanContent, "name" | "workflow">,
  facts: StepFacts | TaskFacts,
): ExpressionScope {
  const { run, upstream } = facts;
  const { slot, interval, body } = decodeOccasion(run.occasion);
  const isForeach = (key: string): boolean =>
    workflow.steps.some((it) => it.key === key && it.foreach !== undefined);
  const steps = [...upstream].map(([key, step]) => [key, stepValue(step, isForeach(key))] as const);
  const item = "item" in facts && facts.item !== null ? parseJson(facts.item) : undefined;
  return {
    run: {
      id: run.id,
      workflow: name,
      version: run.version,
      started_by: run.startedBy,
      parameters: new RawJson(run.parameters),
    },
    attempt: { number: run.sequence },
    trigger: { slot, body: body === null ? null : new RawJson(body) },
    ...(interval === null ? {} : { interval }),
    steps: Object.fromEntries(steps),
    ...(item === undefined ? {} : { item }),
    ...("task" in facts ? { index: facts.task } : {}),
  };
}

/** A decided step: its status and scraps; of a foreach those of each task, with its item. */
function stepValue({ status, tasks }: UpstreamStep, isForeach: boolean): JsonValue {
  if (!isForeach) return { status, scraps: scrapsOf(tasks[0]?.scraps ?? null) };
  return {
    status,
    tasks: tasks.map((task): JsonObject => ({
      status: task.status,
      item: task.item === null ? null : new RawJson(task.item),
      scraps: scrapsOf(task.scraps),
    })),
  };
}

function scrapsOf(text: string | null): JsonValue {
  const value = text === null ? {} : parseJson(text);
  return isJsonObject(value) ? value : {};
}
