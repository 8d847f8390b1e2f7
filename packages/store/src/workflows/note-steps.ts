import type { StepStatus, WorkflowRunState } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import type { HeldWorkflowRun } from "./held-workflow-run.ts";

/** Notes when steps began, when their time is over, and when they ended. */
export async function noteSteps(
  queries: Queries,
  { row, state: before, plan }: HeldWorkflowRun,
  after: WorkflowRunState,
  now: Date,
): Promise<void> {
  const isAgain = before.sequence !== after.sequence;
  for (const { key, timeout_ms: timeoutMs } of plan.workflow.steps) {
    const earlier = before.steps[key]?.status ?? "waiting";
    const status = after.steps[key]?.status ?? "waiting";
    // In a new sequence a step may be where it was and have begun anew.
    if (earlier === status && (!isAgain || isDecided(status))) continue;
    const hadBegun = !isAgain && earlier !== "waiting";
    const deadline =
      timeoutMs === undefined || isDecided(status) ? null : new Date(now.getTime() + timeoutMs);
    if (status === "waiting") await forgetStep(queries, row.id, key);
    else if (!hadBegun) await beginStep(queries, row.id, key, { now, deadline });
    if (isDecided(status)) await endStep(queries, row.id, key, now);
  }
}

async function beginStep(
  queries: Queries,
  id: string,
  step: string,
  { now, deadline }: { readonly now: Date; readonly deadline: Date | null },
): Promise<void> {
  await queries.query(
    `insert into workflow_step (workflow_run_id, step, started_at, deadline) values ($1, $2, $3, $4)
     on conflict (workflow_run_id, step)
     do update set started_at = excluded.started_at, deadline = excluded.deadline, finished_at = null`,
    [id, step, now, deadline],
  );
}

async function endStep(queries: Queries, id: string, step: string, now: Date): Promise<void> {
  await queries.query(
    "update workflow_step set finished_at = $3, deadline = null where workflow_run_id = $1 and step = $2",
    [id, step, now],
  );
}

async function forgetStep(queries: Queries, id: string, step: string): Promise<void> {
  await queries.query(
    `update workflow_step set started_at = null, finished_at = null, deadline = null, problem = null
     where workflow_run_id = $1 and step = $2`,
    [id, step],
  );
}

function isDecided(status: StepStatus): boolean {
  return status === "succeeded" || status === "failed" || status === "skipped" || status === "cancelled";
}
