import type { Moves } from "../moves.ts";

/** Where a workflow-run can be. The last four are final. */
export type WorkflowRunStatus = "queued" | "running" | WorkflowRunEnd;

/** How a workflow-run can end. */
export type WorkflowRunEnd = "succeeded" | "failed" | "cancelled" | "timed_out";

/**
 * Where a step can be. The last four are final.
 *
 * - `waiting`: for its dependencies.
 * - `preparing`: its condition and the items of its foreach are being found out.
 * - `ready`: handed over, and not started yet.
 */
export type StepStatus =
  | "waiting"
  | "preparing"
  | "ready"
  | "running"
  | "succeeded"
  | "failed"
  | "skipped"
  | "cancelled";

/** Where a task can be: what a step runs, once or once for each item. */
export type TaskStatus = Exclude<StepStatus, "preparing" | "skipped">;

/** Why a step is where it is. */
export type StepReason =
  | "condition_false"
  | "dependencies_not_succeeded"
  | "no_dependency_failed"
  | "preparation_failed"
  | "run_failing"
  | "run_stopped"
  | "task_failed"
  | "timed_out"
  | "too_many_iterations";

/** One step of a workflow-run. */
export interface StepState {
  readonly status: StepStatus;
  /** Its tasks, by number. None before it is ready. */
  readonly tasks: readonly TaskStatus[];
  /** Why it was skipped, failed or was cancelled. */
  readonly reason: StepReason | null;
  /** Runs whatever its dependencies came to: the run was restarted from here. */
  readonly isForced: boolean;
}

/** Why nothing more is started, and whether what runs is ended. */
export interface RunStop {
  readonly reason: Exclude<WorkflowRunEnd, "succeeded">;
  readonly cancelsTasks: boolean;
}

/** A workflow-run as plain data. */
export interface WorkflowRunState {
  readonly status: WorkflowRunStatus;
  /** Which time it runs, from 1; a restart counts on. */
  readonly sequence: number;
  readonly stop: RunStop | null;
  /** By key. */
  readonly steps: Readonly<Record<string, StepState>>;
}

/** The moves of a workflow-run. A restart is not one: it begins a sequence of its own. */
export const WORKFLOW_RUN_MOVES: Moves<WorkflowRunStatus> = {
  queued: ["running", "cancelled", "timed_out"],
  running: ["succeeded", "failed", "cancelled", "timed_out"],
  succeeded: [],
  failed: [],
  cancelled: [],
  timed_out: [],
};

/** The moves of a step within one sequence: only forward. */
export const STEP_MOVES: Moves<StepStatus> = {
  waiting: ["preparing", "ready", "skipped", "cancelled"],
  preparing: ["ready", "succeeded", "failed", "skipped", "cancelled"],
  ready: ["running", "succeeded", "failed", "cancelled"],
  running: ["succeeded", "failed", "cancelled"],
  succeeded: [],
  failed: [],
  skipped: [],
  cancelled: [],
};

/** Whether a step or task stays where it is. */
export function isDecided(status: StepStatus): boolean {
  return STEP_MOVES[status].length === 0;
}
