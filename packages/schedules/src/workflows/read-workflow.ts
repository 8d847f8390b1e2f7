import { expressionsOf } from "./expressions-of.ts";
import { findCycle } from "./find-cycle.ts";
import { type Workflow, type WorkflowStep, workflowSchema } from "./workflow-definition.ts";

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
  | { readonly ok: false; readonly problems: readonly WorkflowProblem[] };

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
  const parsed = workflowSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => atField(value, path, message));
    return { ok: false, problems };
  }
  const { steps } = parsed.data;
  const problems = [
    ...clashes(steps),
    ...dependencyProblems(steps),
    ...expressionProblems(steps, options.checkExpression ?? (() => null)),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, workflow: parsed.data };
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

function clashes(steps: readonly WorkflowStep[]): readonly WorkflowProblem[] {
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

function dependencyProblems(steps: readonly WorkflowStep[]): readonly WorkflowProblem[] {
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
