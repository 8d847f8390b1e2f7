import { type Draft, moveStep, moveTasks, openDraft, WAITING } from "./draft.ts";
import { failRun, failStep, readyStep, settle } from "./settle.ts";
import { cancelTasks, stopRun } from "./stop-run.ts";
import { MAX_ITERATIONS, type Workflow } from "./workflow-definition.ts";
import type { WorkflowRunEvent, WorkflowRunTransition } from "./workflow-run-event.ts";
import { isDecided, type TaskStatus, type WorkflowRunState } from "./workflow-run-state.ts";

/** A workflow-run that waits to be started by `run-started`. */
export function newWorkflowRun({ steps }: Workflow): WorkflowRunState {
  const waiting = steps.map(({ key }) => [key, WAITING] as const);
  return { status: "queued", sequence: 1, stop: null, steps: Object.fromEntries(waiting) };
}

/**
 * What a workflow-run is after an event, and what must now be done.
 *
 * An event that no longer makes sense, such as the end of a task that is over,
 * changes nothing: the same state is given back, and no command.
 *
 * @param workflow - The version that the run was made from, as `readWorkflow` gives it.
 */
export function advance(
  workflow: Workflow,
  state: WorkflowRunState,
  event: WorkflowRunEvent,
): WorkflowRunTransition {
  const draft = openDraft(workflow, state);
  return apply(draft, event) ? settle(draft) : { state, commands: [] };
}

/** Whether the event made sense. */
function apply(draft: Draft, event: WorkflowRunEvent): boolean {
  switch (event.type) {
    case "run-started":
      if (draft.status !== "queued") return false;
      draft.status = "running";
      return true;
    case "cancel-requested":
      return endEarly(draft, "cancelled");
    case "run-timed-out":
      return endEarly(draft, "timed_out");
    case "step-prepared":
    case "step-declined":
    case "preparation-failed":
      return applyPreparation(draft, event);
    case "task-started":
      return applyTaskStart(draft, event.step, event.task);
    case "task-finished":
      return applyTaskEnd(draft, event.step, event.task, event.outcome);
    case "step-timed-out":
      return applyStepTimeout(draft, event.step);
  }
}

function endEarly(draft: Draft, reason: "cancelled" | "timed_out"): boolean {
  if (isOver(draft) || draft.stop?.cancelsTasks === true) return false;
  // One that was not started has nothing to end, and does so at once.
  draft.status = "running";
  stopRun(draft, { reason, cancelsTasks: true });
  return true;
}

function applyPreparation(
  draft: Draft,
  event: Extract<WorkflowRunEvent, { type: "step-prepared" | "step-declined" | "preparation-failed" }>,
): boolean {
  const { step } = event;
  if (isOver(draft) || draft.steps.get(step)?.status !== "preparing") return false;
  if (event.type === "step-declined") moveStep(draft, step, "skipped", "condition_false");
  else if (event.type === "preparation-failed") failStep(draft, step, "preparation_failed");
  else if (event.count > MAX_ITERATIONS) failStep(draft, step, "too_many_iterations");
  else readyStep(draft, step, event.count);
  return true;
}

function applyTaskStart(draft: Draft, key: string, task: number): boolean {
  if (isOver(draft) || draft.steps.get(key)?.tasks[task] !== "ready") return false;
  setTask(draft, key, task, "running");
  moveStep(draft, key, "running");
  return true;
}

function applyTaskEnd(
  draft: Draft,
  key: string,
  task: number,
  outcome: "succeeded" | "failed" | "cancelled",
): boolean {
  const step = draft.steps.get(key);
  const status = step?.tasks[task];
  if (isOver(draft) || (status !== "ready" && status !== "running")) return false;
  // A task that ended because someone ended it alone did not do its work: the step has failed.
  const isAsked = draft.stop?.cancelsTasks === true || step?.reason === "timed_out";
  const end = outcome === "cancelled" && !isAsked ? "failed" : outcome;
  setTask(draft, key, task, end);
  if (end !== "failed") return true;
  if (draft.definitions.get(key)?.failure_mode !== "ignore") {
    // What of the step runs may end, and no more of it starts.
    moveTasks(draft, key, (it) => (it === "waiting" ? "cancelled" : it));
  }
  failRun(draft, key);
  return true;
}

function applyStepTimeout(draft: Draft, key: string): boolean {
  const step = draft.steps.get(key);
  if (isOver(draft) || step === undefined || isDecided(step.status) || step.status === "waiting")
    return false;
  if (step.reason === "timed_out" || draft.stop?.cancelsTasks === true) return false;
  if (step.status === "preparing") failStep(draft, key, "timed_out");
  else {
    draft.steps.set(key, { ...step, reason: "timed_out" });
    cancelTasks(draft, key);
    failRun(draft, key);
  }
  return true;
}

function setTask(draft: Draft, key: string, task: number, status: TaskStatus): void {
  moveTasks(draft, key, (it, index) => (index === task ? status : it));
}

function isOver({ status }: Draft): boolean {
  return status !== "queued" && status !== "running";
}
