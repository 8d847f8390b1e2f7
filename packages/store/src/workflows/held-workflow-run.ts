import type { WorkflowRunState } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { decodeState } from "./state-text.ts";
import type { WorkflowPlan, WorkflowPlans } from "./workflow-plan.ts";
import { type StoredWorkflowRun, toWorkflowRuns, WORKFLOW_RUN_COLUMNS } from "./workflow-row.ts";

/** What advancing a workflow-run needs beside the database. */
export interface Advancing {
  readonly plans: WorkflowPlans;
  /** Gives UUIDs of version 7. */
  readonly newId: () => string;
}

/** A workflow-run whose row is locked until the transaction ends. */
export interface HeldWorkflowRun {
  readonly row: StoredWorkflowRun;
  readonly deadline: Date | null;
  readonly state: WorkflowRunState;
  readonly plan: WorkflowPlan;
}

/**
 * Locks a workflow-run, after its runs wherever those are locked too: ready row,
 * attempt, run, workflow-run is the order in which everybody takes them.
 *
 * @returns Null where there is none, or `onlyFree` and somebody else has it.
 */
export async function holdWorkflowRun(
  queries: Queries,
  id: string,
  plans: WorkflowPlans,
  { onlyFree = false }: { readonly onlyFree?: boolean } = {},
): Promise<HeldWorkflowRun | null> {
  const rows = await queries.query(
    `select ${WORKFLOW_RUN_COLUMNS}, state, deadline from workflow_run where id = $1
     for no key update${onlyFree ? " skip locked" : ""}`,
    [id],
  );
  const [row] = toWorkflowRuns(rows);
  if (row === undefined) return null;
  return {
    row,
    deadline: (rows[0]?.["deadline"] ?? null) as Date | null,
    state: decodeState(String(rows[0]?.["state"])),
    plan: await planOf(queries, row, plans),
  };
}

/** The plan of a version, which is read from the database once. */
export async function planOf(
  queries: Queries,
  { workflowId, version }: Pick<StoredWorkflowRun, "workflowId" | "version">,
  plans: WorkflowPlans,
): Promise<WorkflowPlan> {
  const id = `${workflowId}/${version}`;
  const known = plans.known(id);
  if (known !== undefined) return known;
  const [row] = await queries.query(
    "select plan from workflow_version where workflow_id = $1 and version = $2",
    [workflowId, version],
  );
  return plans.read(id, String(row?.["plan"]));
}
