import type { WorkflowRunEvent } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { driveWorkflowRun } from "./drive-workflow-run.ts";
import { type Advancing, type HeldWorkflowRun, holdWorkflowRun } from "./held-workflow-run.ts";

/** The workflow-runs that somebody has to look at, the longest due first. */
export async function dueWorkflowRuns(
  queries: Queries,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await queries.query(
    "select id from workflow_run where due_at <= $1 order by due_at limit $2",
    [now, limit],
  );
  return rows.map(({ id }) => String(id));
}

/** When the next workflow-run becomes due; null where none will. */
export async function nextDueWorkflowRun(queries: Queries): Promise<Date | null> {
  const [row] = await queries.query("select min(due_at) as next from workflow_run where due_at is not null");
  return (row?.["next"] as Date | null | undefined) ?? null;
}

/**
 * Does what time has brought to a workflow-run: ends waits that are over, steps and runs
 * whose time is over, and starts what was put off. Any number of servers may try; one does it.
 *
 * @returns Whether there was something to do.
 */
export async function lookAtWorkflowRun(
  driver: Driver,
  id: string,
  advancing: Advancing & { readonly now: Date },
): Promise<boolean> {
  return driver.tx(async (queries) => {
    const held = await holdWorkflowRun(queries, id, advancing.plans, { onlyFree: true });
    if (held === null) return false;
    const events = await timeEvents(queries, held, advancing.now);
    await driveWorkflowRun(queries, held, {
      ...advancing,
      events,
      takesUp: true,
      ...(held.deadline !== null && held.deadline <= advancing.now ? { deadline: null } : {}),
    });
    return true;
  });
}

async function timeEvents(
  queries: Queries,
  { row: { id }, deadline, state }: HeldWorkflowRun,
  now: Date,
): Promise<readonly WorkflowRunEvent[]> {
  // A wait that ends in the same moment as its time has ended well.
  const waits = await queries.query(
    `update workflow_task set is_over = true
     where workflow_run_id = $1 and sequence = $2 and not is_over and wait_until <= $3 returning step, task`,
    [id, state.sequence, now],
  );
  const late = await queries.query(
    `update workflow_step set deadline = null where workflow_run_id = $1 and deadline <= $2 returning step`,
    [id, now],
  );
  return [
    ...waits.map(({ step, task }): WorkflowRunEvent => {
      return { type: "task-finished", step: String(step), task: Number(task), outcome: "succeeded" };
    }),
    ...late.map(({ step }): WorkflowRunEvent => ({ type: "step-timed-out", step: String(step) })),
    ...(deadline !== null && deadline <= now ? [{ type: "run-timed-out" } as const] : []),
  ];
}

/**
 * The runs that have to be cancelled because their workflow-runs said so, and nobody has
 * done it yet. Cancel them; they are named again until it is noted.
 */
export async function runsToCancel(queries: Queries, limit: number): Promise<readonly string[]> {
  const rows = await queries.query(
    `select run_id as id from workflow_task join run on run.id = workflow_task.run_id
     where workflow_task.cancel_requested_at is not null and not is_over and run.cancel_requested_at is null
     order by workflow_task.cancel_requested_at limit $1`,
    [limit],
  );
  return rows.map(({ id }) => String(id));
}
