import type { z } from "zod";
import { expressionsOf } from "./expressions-of.ts";
import { findCycle } from "./find-cycle.ts";
import { plainWords } from "./plain-words.ts";
import {
  MAX_STEPS,
  stepBaseSchema,
  stepSchema,
  type Workflow,
  type WorkflowStep,
  workflowSchema,
} from "./workflow-definition.ts";

/** What can be wrong with a workflow. */
export type WorkflowProblemCode =
  | "DEPENDENCY_CYCLE"
  | "DEPENDENCY_UNKNOWN"
  | "EXPRESSION_INVALID"
  | "FIELD_INVALID"
  | "STEP_DUPLICATE"
  | "TRIGGER_RULE_POINTLESS";

/** One thing that is wrong with a workflow, and where. */
export interface WorkflowProblem {
  readonly code: WorkflowProblemCode;
  /** Key of the step, or its number from 0 where it has no usable key; null for the workflow itself. */
  readonly step: string | number | null;
  /** Path of the field within the step, such as `foreach.range`; empty for the step as a whole. */
  readonly field: string;
  readonly message: string;
}

/** A workflow that can be used, or what is wrong with it. */
export type ReadWorkflow =
  | { readonly ok: true; readonly workflow: Workflow }
  | {
      readonly ok: false;
      readonly problems: readonly WorkflowProblem[];
      /** Those steps that have nothing wrong in themselves. */
      readonly steps: readonly WorkflowStep[];
    };

/** Options of {@link readWorkflow}. */
export interface ReadWorkflowOptions {
  /** Says what is wrong with an expression, or null. Default: nothing is. */
  readonly checkExpression?: (text: string) => string | null;
}

/**
 * Reads a workflow from plain data, fills in defaults, and finds everything that is wrong with it.
 *
 * It throws for nothing that a file can hold.
 */
export function readWorkflow(value: unknown, options: ReadWorkflowOptions = {}): ReadWorkflow {
  const parsed = workflowSchema.safeParse(value, { error: plainWords });
  const rawSteps = stepsOf(value);
  // What is wrong with one step hides nothing that is wrong with another.
  const nodes = parsed.success ? parsed.data.steps : rawSteps.flatMap(nodeOf);
  const steps = parsed.success ? parsed.data.steps : rawSteps.flatMap(readStep);
  const problems = [
    ...(parsed.success ? [] : schemaProblems(value, parsed.error.issues)),
    ...clashes(nodes),
    ...dependencyProblems(nodes),
    ...expressionProblems(steps, options.checkExpression ?? (() => null)),
  ];
  return parsed.success && problems.length === 0
    ? { ok: true, workflow: parsed.data }
    : { ok: false, problems, steps };
}

/** What a step is to others, whatever else it has. */
type StepNode = Pick<WorkflowStep, "key" | "depends_on" | "trigger_rule">;

function stepsOf(value: unknown): readonly unknown[] {
  const steps = (value as { readonly steps?: unknown } | null | undefined)?.steps;
  return Array.isArray(steps) ? steps.slice(0, MAX_STEPS) : [];
}

function nodeOf(raw: unknown): readonly StepNode[] {
  const read = stepSchema.safeParse(raw);
  if (read.success) return [read.data];
  const { key, depends_on: needs } = (raw ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof key !== "string") return [];
  const names = Array.isArray(needs) ? needs.filter((it): it is string => typeof it === "string") : [];
  return [{ key, depends_on: names, trigger_rule: "all_succeeded" }];
}

function readStep(raw: unknown): readonly WorkflowStep[] {
  const read = stepSchema.safeParse(raw);
  return read.success ? [read.data] : [];
}

function schemaProblems(value: unknown, issues: readonly z.core.$ZodIssue[]): readonly WorkflowProblem[] {
  return issues.flatMap((issue) => {
    const { path, message } = issue;
    if (issue.code === "unrecognized_keys") {
      const messages = message.split("\n");
      return issue.keys.map((key, index) => atField(value, [...path, key], messages[index] ?? ""));
    }
    // Of a step of no known type nothing else has been looked at.
    const [, index] = path;
    const isType = issue.code === "invalid_union" && path[0] === "steps" && path[2] === "type";
    const others = isType && typeof index === "number" ? otherProblems(value, index) : [];
    return [atField(value, path, message), ...others];
  });
}

/** What is wrong with those fields of a step that every type has. */
function otherProblems(value: unknown, index: number): readonly WorkflowProblem[] {
  const { error } = stepBaseSchema.safeParse(stepsOf(value)[index], { error: plainWords });
  return (error?.issues ?? []).map(({ path, message }) => atField(value, ["steps", index, ...path], message));
}

/** A problem that the schema found. */
function atField(value: unknown, path: readonly PropertyKey[], message: string): WorkflowProblem {
  const [first, index, ...rest] = path;
  if (first !== "steps" || typeof index !== "number") {
    return { code: "FIELD_INVALID", step: null, field: path.map(String).join("."), message };
  }
  const steps = (value as { readonly steps: readonly unknown[] }).steps;
  const key = (steps[index] as { readonly key?: unknown } | null | undefined)?.key;
  const step = typeof key === "string" ? key : index;
  return { code: "FIELD_INVALID", step, field: rest.map(String).join("."), message };
}

function clashes(steps: readonly StepNode[]): readonly WorkflowProblem[] {
  const seen = new Set<string>();
  const problems: WorkflowProblem[] = [];
  for (const { key } of steps) {
    if (seen.has(key)) {
      const message = `another step has the key "${key}" too`;
      problems.push({ code: "STEP_DUPLICATE", step: key, field: "key", message });
    }
    seen.add(key);
  }
  return problems;
}

function dependencyProblems(steps: readonly StepNode[]): readonly WorkflowProblem[] {
  const keys = new Set(steps.map(({ key }) => key));
  const problems = steps.flatMap(({ key, depends_on, trigger_rule }): WorkflowProblem[] => {
    const unknown = depends_on.filter((it) => !keys.has(it));
    const found = unknown.map((it): WorkflowProblem => {
      const message = `no step has the key "${it}"`;
      return { code: "DEPENDENCY_UNKNOWN", step: key, field: "depends_on", message };
    });
    if (trigger_rule !== "one_failed" || depends_on.length > 0) return found;
    const message = "one_failed needs a step to depend on";
    return [...found, { code: "TRIGGER_RULE_POINTLESS", step: key, field: "trigger_rule", message }];
  });
  const cycle = findCycle(new Map(steps.map(({ key, depends_on }) => [key, depends_on])));
  if (cycle === null) return problems;
  const message = `steps wait for each other: ${cycle.join(" → ")}`;
  return [...problems, { code: "DEPENDENCY_CYCLE", step: cycle[0] ?? null, field: "depends_on", message }];
}

function expressionProblems(
  steps: readonly WorkflowStep[],
  check: (text: string) => string | null,
): readonly WorkflowProblem[] {
  return steps.flatMap((step) =>
    expressionsOf(step).flatMap(({ field, text }): WorkflowProblem[] => {
      const message = check(text);
      return message === null ? [] : [{ code: "EXPRESSION_INVALID", step: step.key, field, message }];
    }),
  );
}
