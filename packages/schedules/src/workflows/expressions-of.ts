import { isJsonObject, type JsonValue } from "@notemill/json";
import type { WorkflowStep } from "./workflow-definition.ts";

/** An expression of a step, and the field that has it. */
export interface StepExpression {
  readonly field: string;
  readonly text: string;
}

/** Every expression of a step, in the order of its fields. */
export function expressionsOf(step: WorkflowStep): readonly StepExpression[] {
  const found: StepExpression[] = [];
  const add = (field: string, text: string | undefined): void => {
    if (text !== undefined) found.push({ field, text });
  };
  add("condition", step.condition);
  add("foreach.cel", step.foreach?.cel);
  for (const [index, item] of (step.foreach?.list ?? []).entries()) {
    add(`foreach.list.${index}`, expressionIn(item));
  }
  if (step.type === "wait") add("until", step.until);
  else {
    for (const [name, value] of Object.entries(step.parameters)) {
      add(`parameters.${name}`, expressionIn(value));
    }
  }
  return found;
}

/** The expression of a value of the form `{"cel": "…"}`; undefined for one that stands for itself. */
export function expressionIn(value: JsonValue): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const { cel, ...others } = value;
  return typeof cel === "string" && Object.keys(others).length === 0 ? cel : undefined;
}
