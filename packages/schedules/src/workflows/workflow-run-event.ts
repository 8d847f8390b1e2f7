import type { WorkflowRunEnd, WorkflowRunState } from "./workflow-run-state.ts";

/** Something that happened to a workflow-run. */
export type WorkflowRunEvent =
  | { readonly type: "run-started" }
  /** The condition holds, and these are how many tasks the step has: one without a foreach. */
  | { readonly type: "step-prepared"; readonly step: string; readonly count: number }
  /** The condition does not hold. */
  | { readonly type: "step-declined"; readonly step: string }
  /** The condition or the items could not be found out. */
  | { readonly type: "preparation-failed"; readonly step: string }
  | { readonly type: "task-started"; readonly step: string; readonly task: number }
  /** A task is over, with no retry left. */
  | {
      readonly type: "task-finished";
      readonly step: string;
      readonly task: number;
      readonly outcome: "succeeded" | "failed" | "cancelled";
    }
  | { readonly type: "step-timed-out"; readonly step: string }
  | { readonly type: "cancel-requested" }
  | { readonly type: "run-timed-out" };

/** Work that must now be done for the new state to hold true. */
export type WorkflowRunCommand =
  /** Find out the condition and the items, and say so by an event. */
  | { readonly type: "prepare-step"; readonly step: string }
  | { readonly type: "start-task"; readonly step: string; readonly task: number }
  /** End a task; it is over when its `task-finished` comes. */
  | { readonly type: "cancel-task"; readonly step: string; readonly task: number }
  /** The run is over: fire what depends on it. */
  | { readonly type: "finish-run"; readonly status: WorkflowRunEnd };

/** The outcome of an event. */
export interface WorkflowRunTransition {
  readonly state: WorkflowRunState;
  readonly commands: readonly WorkflowRunCommand[];
}
