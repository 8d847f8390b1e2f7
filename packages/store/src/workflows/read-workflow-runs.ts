import type { RunStatus, WorkflowRunState, WorkflowRunStatus } from "@notemill/schedules";
import type { Queries, SqlValue } from "../driver/driver.ts";
import { endsWith } from "../driver/id-end.ts";
import { whereOf } from "../driver/where.ts";
import type { StoredEvent } from "../runs/run-row.ts";
import { decodeState } from "./state-text.ts";
import { type StoredWorkflowRun, toWorkflowRuns, WORKFLOW_RUN_COLUMNS } from "./workflow-row.ts";

/** Options of {@link listWorkflowRuns}: which ones, and which page of them. */
export interface ListWorkflowRunsOptions {
  readonly workflowId?: string | undefined;
  readonly status?: WorkflowRunStatus | undefined;
  /** What the id ends with: 8 to 12 digits. */
  readonly idEnd?: string | undefined;
  /** The id of the last one of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** One page of workflow-runs, newest first. */
export async function listWorkflowRuns(
  queries: Queries,
  options: ListWorkflowRunsOptions,
): Promise<readonly StoredWorkflowRun[]> {
  const values: SqlValue[] = [options.limit];
  const where = whereOf(values, [
    ["workflow_id = ?", options.workflowId],
    ["status = ?", options.status],
    [endsWith("workflow_run"), options.idEnd],
    ["id < ?::uuid", options.before],
  ]);
  return toWorkflowRuns(
    await queries.query(
      `select ${WORKFLOW_RUN_COLUMNS} from workflow_run ${where} order by id desc limit $1`,
      values,
    ),
  );
}

/** The newest run of each of these workflows, where it has one, by the id of the workflow. */
export async function lastWorkflowRuns(
  queries: Queries,
  workflowIds: readonly string[],
): Promise<ReadonlyMap<string, StoredWorkflowRun>> {
  const rows = await queries.query(
    `select newest.* from unnest($1::uuid[]) as wanted (id) cross join lateral (
       select ${WORKFLOW_RUN_COLUMNS} from workflow_run where workflow_run.workflow_id = wanted.id
       order by workflow_run.id desc limit 1
     ) as newest`,
    [workflowIds],
  );
  return new Map(toWorkflowRuns(rows).map((run) => [run.workflowId, run]));
}

/** One workflow-run, or null. */
export async function getWorkflowRun(queries: Queries, id: string): Promise<StoredWorkflowRun | null> {
  const rows = await queries.query(`select ${WORKFLOW_RUN_COLUMNS} from workflow_run where id = $1`, [id]);
  return toWorkflowRuns(rows)[0] ?? null;
}

/** A workflow-run with its state. */
export async function getWorkflowRunState(
  queries: Queries,
  id: string,
): Promise<{ readonly run: StoredWorkflowRun; readonly state: WorkflowRunState } | null> {
  const rows = await queries.query(`select ${WORKFLOW_RUN_COLUMNS}, state from workflow_run where id = $1`, [
    id,
  ]);
  const [run] = toWorkflowRuns(rows);
  return run === undefined ? null : { run, state: decodeState(String(rows[0]?.["state"])) };
}

/** What the database knows of a step beside its state. JSON is text. */
export interface StoredStep {
  readonly step: string;
  readonly problem: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** The steps of a workflow-run that have begun. */
export async function listSteps(queries: Queries, id: string): Promise<readonly StoredStep[]> {
  const rows = await queries.query(
    `select step, problem, started_at as "startedAt", finished_at as "finishedAt" from workflow_step
     where workflow_run_id = $1`,
    [id],
  );
  return rows as unknown as readonly StoredStep[];
}

/** A task that was started, in the newest sequence that has done so. JSON is text. */
export interface StoredTask {
  readonly step: string;
  readonly task: number;
  readonly sequence: number;
  readonly runId: string | null;
  readonly runStatus: RunStatus | null;
  readonly waitUntil: Date | null;
  readonly problem: string | null;
}

/** A page of the tasks of a workflow-run, or of some of its steps, by step and number. */
export async function listTasks(
  queries: Queries,
  id: string,
  options: {
    /** Null for all. */
    readonly steps: readonly string[] | null;
    /** The place of the last one of the page before. */
    readonly after: { readonly step: string; readonly task: number } | null;
    readonly limit: number;
  },
): Promise<readonly StoredTask[]> {
  const { steps, after, limit } = options;
  const rows = await queries.query(
    `select distinct on (step, task) step, task, sequence, run_id as "runId", run.status as "runStatus",
       wait_until as "waitUntil", problem from workflow_task left join run on run.id = workflow_task.run_id
     where workflow_task.workflow_run_id = $1 and ($2::text[] is null or step = any($2))
       and ($3::text is null or (step, task) > ($3, $4::int))
     order by step, task, sequence desc limit $5`,
    [id, steps, after?.step ?? null, after?.task ?? 0, limit],
  );
  return rows as unknown as readonly StoredTask[];
}

/** The run of a workflow-run that failed first, in its newest sequence; null where none did. */
export async function firstFailedRun(queries: Queries, workflowRunId: string): Promise<string | null> {
  const [row] = await queries.query(
    `select run.id from workflow_run join workflow_task
       on workflow_task.workflow_run_id = workflow_run.id and workflow_task.sequence = workflow_run.sequence
     join run on run.id = workflow_task.run_id
     where workflow_run.id = $1 and run.status in ('failed', 'timed_out', 'lost')
     order by run.finished_at, run.id limit 1`,
    [workflowRunId],
  );
  return row === undefined ? null : String(row["id"]);
}

/** The events of a workflow-run behind `after`, in order; `attempt` is the sequence. */
export async function workflowEventsSince(
  queries: Queries,
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly StoredEvent[]> {
  const rows = await queries.query(
    `select seq, sequence as attempt, at, kind, data from workflow_event
     where workflow_run_id = $1 and seq > $2 order by seq limit $3`,
    [id, after, limit],
  );
  return rows as unknown as readonly StoredEvent[];
}
