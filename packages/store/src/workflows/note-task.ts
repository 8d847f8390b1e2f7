import type { FinalStatus, WorkflowRunEvent } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { driveWorkflowRun } from "./drive-workflow-run.ts";
import { type Advancing, holdWorkflowRun } from "./held-workflow-run.ts";

/** A run that is a task of a workflow-run. */
export interface TaskRun {
  readonly runId: string;
  readonly workflowRunId: string;
}

/** Says that a task runs, in the transaction in which its run begins to. */
export async function noteTaskStarted(
  queries: Queries,
  run: TaskRun,
  advancing: Advancing & { readonly now: Date },
): Promise<void> {
  await noteTask(queries, run, advancing, (place) => ({ type: "task-started", ...place }));
}

/**
 * Says that a task is over, in the transaction that ends its run, with no retry left:
 * what waited for it starts in the same transaction.
 */
export async function noteTaskEnded(
  queries: Queries,
  run: TaskRun & { readonly status: FinalStatus },
  advancing: Advancing & { readonly now: Date },
): Promise<void> {
  const outcome = run.status === "succeeded" || run.status === "cancelled" ? run.status : "failed";
  await noteTask(queries, run, advancing, (place) => ({ type: "task-finished", ...place, outcome }));
}

async function noteTask(
  queries: Queries,
  { runId, workflowRunId }: TaskRun,
  advancing: Advancing & { readonly now: Date },
  eventOf: (place: { readonly step: string; readonly task: number }) => WorkflowRunEvent,
): Promise<void> {
  // Before its tasks, as everybody does who has both.
  const held = await holdWorkflowRun(queries, workflowRunId, advancing.plans);
  if (held === null) return;
  const [row] = await queries.query(
    `update workflow_task set is_over = run.finished_at is not null from run
     where run_id = $1 and run.id = $1 returning step, task, sequence`,
    [runId],
  );
  // What a sequence before had left is of no interest any more.
  if (row === undefined || Number(row["sequence"]) !== held.state.sequence) return;
  const event = eventOf({ step: String(row["step"]), task: Number(row["task"]) });
  await driveWorkflowRun(queries, held, { ...advancing, events: [event] });
}
