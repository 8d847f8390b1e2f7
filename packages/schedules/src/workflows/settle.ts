import { closeDraft, type Draft, isIgnored, moveStep, moveTasks } from "./draft.ts";
import { stopRun, wantsSuccess } from "./stop-run.ts";
import type { WorkflowRunTransition } from "./workflow-run-event.ts";
import { isDecided, type StepReason, type TaskStatus, type WorkflowRunEnd } from "./workflow-run-state.ts";

/** Does everything that follows by itself: decides steps, starts tasks, ends the run. */
export function settle(draft: Draft): WorkflowRunTransition {
  if (draft.status === "running") {
    for (let isMoving = true; isMoving;) {
      isMoving = false;
      for (const [key, { status }] of draft.steps) {
        if (status === "waiting") beginStep(draft, key);
        runTasks(draft, key);
        isMoving ||= draft.steps.get(key)?.status !== status;
      }
    }
    endRun(draft);
  }
  return closeDraft(draft);
}

/** Skips or begins a step whose dependencies are decided. */
function beginStep(draft: Draft, key: string): void {
  const definition = draft.definitions.get(key);
  if (definition === undefined) return;
  const isForced = draft.steps.get(key)?.isForced === true;
  const outcomes = definition.depends_on.map((it) => outcomeOf(draft, it));
  if (outcomes.includes("undecided")) return;

  const reason = isForced ? null : reasonToSkip(draft, key, outcomes);
  if (reason !== null) moveStep(draft, key, "skipped", reason);
  else if (definition.condition !== undefined || definition.foreach !== undefined) {
    moveStep(draft, key, "preparing");
    draft.commands.push({ type: "prepare-step", step: key });
  } else readyStep(draft, key, 1);
}

/** Gives a step its tasks; none are a success. */
export function readyStep(draft: Draft, key: string, count: number): void {
  const step = draft.steps.get(key);
  if (step === undefined) return;
  if (count === 0) moveStep(draft, key, "succeeded");
  else draft.steps.set(key, { ...step, status: "ready", tasks: Array<TaskStatus>(count).fill("waiting") });
}

/** What a step came to, in the eyes of those that depend on it. A failure that is ignored is a success. */
function outcomeOf(draft: Draft, key: string): "succeeded" | "failed" | "neither" | "undecided" {
  const status = draft.steps.get(key)?.status ?? "waiting";
  if (!isDecided(status)) return "undecided";
  if (status === "succeeded") return "succeeded";
  if (status === "failed") return isIgnored(draft, key) ? "succeeded" : "failed";
  return "neither";
}

function reasonToSkip(draft: Draft, key: string, outcomes: readonly string[]): StepReason | null {
  switch (draft.definitions.get(key)?.trigger_rule) {
    case "one_failed":
      return outcomes.includes("failed") ? null : "no_dependency_failed";
    case "all_succeeded":
      if (outcomes.some((it) => it !== "succeeded")) return "dependencies_not_succeeded";
      return draft.stop !== null && wantsSuccess(draft, key) ? "run_failing" : null;
    default:
      return null;
  }
}

/** Starts and ends what can be of a step that has its tasks. */
function runTasks(draft: Draft, key: string): void {
  const status = draft.steps.get(key)?.status;
  if (status !== "ready" && status !== "running") return;
  startTasks(draft, key);
  endStep(draft, key);
}

/** Starts waiting tasks of a step, as many as may run at a time. */
function startTasks(draft: Draft, key: string): void {
  const tasks = draft.steps.get(key)?.tasks ?? [];
  const running = tasks.filter((it) => it === "ready" || it === "running").length;
  let free = (draft.definitions.get(key)?.foreach?.concurrency ?? 1) - running;
  if (free <= 0 || !tasks.includes("waiting")) return;
  moveTasks(draft, key, (status, task) => {
    if (status !== "waiting" || free === 0) return status;
    free -= 1;
    draft.commands.push({ type: "start-task", step: key, task });
    return "ready";
  });
}

/** Ends a step whose tasks are all over. */
function endStep(draft: Draft, key: string): void {
  const step = draft.steps.get(key);
  if (step === undefined || !step.tasks.every(isDecided)) return;
  if (step.reason === "timed_out") failStep(draft, key, "timed_out");
  else if (step.tasks.includes("failed")) failStep(draft, key, "task_failed");
  else if (step.tasks.includes("cancelled")) moveStep(draft, key, "cancelled", "run_stopped");
  else moveStep(draft, key, "succeeded");
}

/** Lets a step fail, and the run with it if the step's failure mode says so. */
export function failStep(draft: Draft, key: string, reason: StepReason): void {
  moveStep(draft, key, "failed", reason);
  failRun(draft, key);
}

/** Lets the run fail because something of this step did, unless that is ignored. */
export function failRun(draft: Draft, key: string): void {
  if (isIgnored(draft, key)) return;
  const cancelsTasks = draft.definitions.get(key)?.failure_mode === "fail_immediately";
  stopRun(draft, { reason: "failed", cancelsTasks });
}

/** Ends a run whose steps are all decided. */
function endRun(draft: Draft): void {
  const steps = [...draft.steps];
  if (!steps.every(([, { status }]) => isDecided(status))) return;
  const hasFailed = steps.some(([key, { status }]) => status === "failed" && !isIgnored(draft, key));
  const status: WorkflowRunEnd = draft.stop?.reason ?? (hasFailed ? "failed" : "succeeded");
  draft.status = status;
  draft.commands.push({ type: "finish-run", status });
}
