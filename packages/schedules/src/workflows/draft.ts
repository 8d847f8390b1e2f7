import type { Workflow, WorkflowStep } from "./workflow-definition.ts";
import type { WorkflowRunCommand, WorkflowRunTransition } from "./workflow-run-event.ts";
import type {
  RunStop,
  StepReason,
  StepState,
  StepStatus,
  TaskStatus,
  WorkflowRunState,
} from "./workflow-run-state.ts";

/** A workflow-run under change. Only this folder sees one; the states it is made from and into are not touched. */
export interface Draft {
  readonly definitions: ReadonlyMap<string, WorkflowStep>;
  readonly steps: Map<string, StepState>;
  readonly commands: WorkflowRunCommand[];
  status: WorkflowRunState["status"];
  sequence: number;
  stop: RunStop | null;
}

/** Opens a state for changes. */
export function openDraft({ steps }: Workflow, state: WorkflowRunState): Draft {
  return {
    definitions: new Map(steps.map((step) => [step.key, step])),
    // In the order of the definition, whatever order a database gave.
    steps: new Map(steps.map(({ key }) => [key, state.steps[key] ?? WAITING])),
    commands: [],
    status: state.status,
    sequence: state.sequence,
    stop: state.stop,
  };
}

/** A step that nothing has happened to. */
export const WAITING: StepState = { status: "waiting", tasks: [], reason: null, isForced: false };

/** The state and the commands that a draft has come to. */
export function closeDraft({ status, sequence, stop, steps, commands }: Draft): WorkflowRunTransition {
  return { state: { status, sequence, stop, steps: Object.fromEntries(steps) }, commands };
}

/** Puts a step somewhere. */
export function moveStep(
  draft: Draft,
  key: string,
  status: StepStatus,
  reason: StepReason | null = null,
): void {
  const step = draft.steps.get(key);
  if (step === undefined) return;
  draft.steps.set(key, { ...step, status, reason: reason ?? step.reason });
}

/** Puts tasks of a step somewhere: those for which `pick` gives a status. */
export function moveTasks(
  draft: Draft,
  key: string,
  pick: (status: TaskStatus, task: number) => TaskStatus,
): void {
  const step = draft.steps.get(key);
  if (step !== undefined) draft.steps.set(key, { ...step, tasks: step.tasks.map(pick) });
}

/** Whether a failure of this step is passed over. */
export function isIgnored(draft: Draft, key: string): boolean {
  return draft.definitions.get(key)?.failure_mode === "ignore";
}
