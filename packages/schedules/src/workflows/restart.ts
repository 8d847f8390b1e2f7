import { SchedulesError } from "../schedules-error.ts";
import { type Draft, openDraft, WAITING } from "./draft.ts";
import { settle } from "./settle.ts";
import type { Workflow } from "./workflow-definition.ts";
import type { WorkflowRunTransition } from "./workflow-run-event.ts";
import type { StepState, WorkflowRunState } from "./workflow-run-state.ts";

/** What of a workflow-run is done again. */
export type RestartFrom =
  | { readonly kind: "beginning" }
  /** Steps that did not succeed, and what depends on them. Tasks of a foreach that succeeded are kept. */
  | { readonly kind: "unsuccessful" }
  /**
   * This step, whatever its dependencies came to, and what depends on it; and
   * what did not run because the run was ended.
   */
  | { readonly kind: "step"; readonly step: string };

/**
 * Begins the next sequence of a workflow-run that is over.
 *
 * One that is not over is given back as it is.
 *
 * @throws {@link SchedulesError} `STEP_UNKNOWN`
 */
export function restart(
  workflow: Workflow,
  state: WorkflowRunState,
  from: RestartFrom,
): WorkflowRunTransition {
  const draft = openDraft(workflow, state);
  if (from.kind === "step" && !draft.steps.has(from.step)) {
    const known = [...draft.steps.keys()].join(", ");
    throw new SchedulesError("STEP_UNKNOWN", `no step is called "${from.step}"; there are ${known}`, {
      details: { step: from.step },
    });
  }
  if (state.status === "queued" || state.status === "running") return { state, commands: [] };

  draft.status = "running";
  draft.sequence += 1;
  draft.stop = null;
  if (from.kind === "beginning") {
    for (const key of draft.steps.keys()) draft.steps.set(key, WAITING);
  } else if (from.kind === "unsuccessful")
    redo(
      draft,
      keysOf(draft, ({ status }) => status !== "succeeded"),
    );
  else {
    // What the end of the run kept from running is made good too, or the run could not succeed.
    redo(draft, [
      from.step,
      ...keysOf(draft, ({ reason }) => reason === "run_failing" || reason === "run_stopped"),
    ]);
    draft.steps.set(from.step, { ...WAITING, isForced: true });
  }
  return settle(draft);
}

function keysOf(draft: Draft, pick: (step: StepState) => boolean): readonly string[] {
  return [...draft.steps].filter(([, step]) => pick(step)).map(([key]) => key);
}

/** Puts these steps, and what depends on them, back to where they wait. */
function redo(draft: Draft, keys: readonly string[]): void {
  const dependents = dependentsOf(draft, keys);
  for (const key of dependents) draft.steps.set(key, WAITING);
  for (const key of keys) {
    if (dependents.has(key)) continue;
    // Nothing before it is done again, so that its condition and its items are what they were.
    const tasks = (draft.steps.get(key)?.tasks ?? []).map((it) =>
      it === "succeeded" ? it : ("waiting" as const),
    );
    draft.steps.set(key, tasks.includes("succeeded") ? { ...WAITING, status: "ready", tasks } : WAITING);
  }
}

/** The steps that depend on some of these, directly or through others. */
function dependentsOf(draft: Draft, keys: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const sources = new Set(keys);
  for (let count = -1; count < found.size;) {
    count = found.size;
    for (const [key, { depends_on }] of draft.definitions) {
      if (depends_on.some((it) => sources.has(it) || found.has(it))) found.add(key);
    }
  }
  return found;
}
