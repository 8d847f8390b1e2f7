import type { StepState, TaskStatus, WorkflowRunState } from "@notemill/schedules";

/** One letter for each status of a task, so that ten thousand tasks are ten thousand bytes. */
const LETTERS: Readonly<Record<TaskStatus, string>> = {
  waiting: "w",
  ready: "y",
  running: "r",
  succeeded: "s",
  failed: "f",
  cancelled: "c",
};

const STATUSES = new Map(Object.entries(LETTERS).map(([status, letter]) => [letter, status as TaskStatus]));

/** The state of a workflow-run as the database has it. */
export function encodeState(state: WorkflowRunState): string {
  const steps = Object.entries(state.steps).map(([key, step]) => [
    key,
    { ...step, tasks: step.tasks.map((it) => LETTERS[it]).join("") },
  ]);
  return JSON.stringify({ ...state, steps: Object.fromEntries(steps) as unknown });
}

/** Reads what {@link encodeState} has written. */
export function decodeState(text: string): WorkflowRunState {
  const state = JSON.parse(text) as Omit<WorkflowRunState, "steps"> & {
    readonly steps: Readonly<Record<string, Omit<StepState, "tasks"> & { readonly tasks: string }>>;
  };
  const steps = Object.entries(state.steps).map(([key, step]) => [
    key,
    { ...step, tasks: Array.from(step.tasks, (it) => STATUSES.get(it) ?? "waiting") },
  ]);
  return { ...state, steps: Object.fromEntries(steps) as WorkflowRunState["steps"] };
}
