import { type Draft, moveStep, moveTasks } from "./draft.ts";
import { isDecided, type RunStop } from "./workflow-run-state.ts";

/**
 * Lets nothing more start, save steps that ask for failures.
 *
 * With `cancelsTasks`, what runs is ended and those steps do not start either.
 * The first reason stays the reason.
 */
export function stopRun(draft: Draft, { reason, cancelsTasks }: RunStop): void {
  const before = draft.stop;
  if (before !== null && (before.cancelsTasks || !cancelsTasks)) return;
  draft.stop = { reason: before?.reason ?? reason, cancelsTasks };
  for (const [key, { status, reason }] of draft.steps) {
    if (cancelsTasks) {
      if (status === "waiting" || status === "preparing") moveStep(draft, key, "cancelled", "run_stopped");
      // The tasks of one whose time was over have been told.
      else if (!isDecided(status) && reason !== "timed_out") cancelTasks(draft, key);
    } else if (status === "preparing" && wantsSuccess(draft, key)) {
      moveStep(draft, key, "skipped", "run_failing");
    }
  }
}

/** Ends the tasks of a step that run, and lets no other start. */
export function cancelTasks(draft: Draft, key: string): void {
  moveTasks(draft, key, (status, task) => {
    if (status === "ready" || status === "running") {
      draft.commands.push({ type: "cancel-task", step: key, task });
    }
    return status === "waiting" ? "cancelled" : status;
  });
}

/** Whether a step only runs after success. */
export function wantsSuccess(draft: Draft, key: string): boolean {
  return draft.definitions.get(key)?.trigger_rule === "all_succeeded";
}
