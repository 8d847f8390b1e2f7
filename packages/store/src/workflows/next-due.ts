import type { Queries } from "../driver/driver.ts";
import type { HeldWorkflowRun } from "./held-workflow-run.ts";

/** When somebody has to look at a workflow-run that is not over, whatever its runs do; null where nothing is to come. */
export async function nextDue(
  queries: Queries,
  { row, plan }: HeldWorkflowRun,
  {
    deadline,
    now,
    hasPutOff,
  }: { readonly deadline: Date | null; readonly now: Date; readonly hasPutOff: boolean },
): Promise<Date | null> {
  const hasTimes = plan.workflow.steps.some(
    ({ type, timeout_ms: timeoutMs }) => type === "wait" || timeoutMs !== undefined,
  );
  const [times] = hasTimes ? await queries.query(TIMES, [row.id]) : [];
  const found = [deadline, hasPutOff ? now : null, times?.["wait"], times?.["deadline"]];
  const instants = found.filter((it) => it instanceof Date).map((it) => it.getTime());
  return instants.length === 0 ? null : new Date(Math.min(...instants));
}

const TIMES = `select
  (select min(wait_until) from workflow_task where workflow_run_id = $1 and not is_over) as wait,
  (select min(deadline) from workflow_step where workflow_run_id = $1) as deadline`;
