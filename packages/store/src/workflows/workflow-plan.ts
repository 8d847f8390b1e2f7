import type { RunSettings, StepStatus, TaskStatus, Workflow } from "@notemill/schedules";
import type { StoredWorkflowRun } from "./workflow-row.ts";

/**
 * A version of a workflow that can be carried out.
 *
 * All of it is pure and throws nothing: it is asked within the transaction that
 * ends a run, and a transaction waits for no file. What a step runs was fixed when
 * the version was made.
 */
export interface WorkflowPlan {
  readonly workflow: Workflow;
  /** The steps whose scraps the expressions of a step name. */
  readsOf(step: string): readonly string[];
  /** Finds out the condition and the items of a step. */
  prepare(facts: StepFacts): Preparation;
  /** Makes what a task is: a run, or a wait. */
  task(facts: TaskFacts): TaskPlan;
}

/** Gives the plans of versions. */
export interface WorkflowPlans {
  /** One that has been read before. */
  known(id: string): WorkflowPlan | undefined;
  /** Reads the plan of a version, which is JSON, and may keep it under `id`. */
  read(id: string, text: string): WorkflowPlan;
}

/** What a step is worked out from. */
export interface StepFacts {
  readonly run: StoredWorkflowRun;
  readonly step: string;
  /** The steps that it depends on, directly or through others, as far as they are decided. */
  readonly upstream: ReadonlyMap<string, UpstreamStep>;
  readonly now: Date;
}

/** What a task is worked out from. */
export interface TaskFacts extends StepFacts {
  /** From 0. */
  readonly task: number;
  /** The item of a foreach, as JSON. */
  readonly item: string | null;
}

/** A step that is decided. */
export interface UpstreamStep {
  readonly status: StepStatus;
  /** Empty where nobody asked for its scraps. */
  readonly tasks: readonly UpstreamTask[];
}

/** A task of a step that is decided. */
export interface UpstreamTask {
  readonly status: TaskStatus;
  readonly runId: string | null;
  /** The item of a foreach, as JSON. */
  readonly item: string | null;
  /** What its notebook recorded, as a JSON object. */
  readonly scraps: string | null;
  /** Names of what it recorded and the database does not have. */
  readonly leftOut: readonly string[];
}

/** Why a step or a task could not be started. */
export interface StepProblem {
  readonly code: string;
  readonly message: string;
  /** Path of the field within the step, such as `parameters.day`. */
  readonly field: string;
}

/** What became of the condition and the items of a step. */
export type Preparation =
  | { readonly kind: "declined" }
  /** Each item is JSON; null for a step without a foreach. */
  | { readonly kind: "prepared"; readonly items: readonly string[] | null }
  | { readonly kind: "failed"; readonly problem: StepProblem };

/** What a task is. */
export type TaskPlan =
  | { readonly kind: "run"; readonly run: PlannedRun }
  | { readonly kind: "wait"; readonly until: Date }
  | { readonly kind: "failed"; readonly problem: StepProblem };

/** The run of a task. */
export interface PlannedRun {
  readonly path: string;
  readonly sourceHash: string;
  readonly kernelName: string | null;
  /** JSON. */
  readonly parameters: string;
  readonly settings: RunSettings;
  readonly priority: number;
  readonly tags: readonly string[];
}
