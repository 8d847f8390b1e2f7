import { newWorkflowRun } from "@notemill/schedules";
import { type DeliveryRule, writeRules } from "../deliveries/rules.ts";
import type { Driver, Queries } from "../driver/driver.ts";
import { driveWorkflowRun } from "./drive-workflow-run.ts";
import { type Advancing, holdWorkflowRun, planOf } from "./held-workflow-run.ts";
import { encodeState } from "./state-text.ts";
import { type StoredWorkflowRun, toWorkflowRuns, WORKFLOW_RUN_COLUMNS } from "./workflow-row.ts";

/** A workflow-run that is asked for. */
export interface NewWorkflowRun {
  /** A UUID of version 7. */
  readonly id: string;
  readonly workflowId: string;
  readonly version: number;
  readonly owner: string;
  /** JSON. */
  readonly parameters: string;
  /** What started it, as JSON: slot, interval, body. */
  readonly occasion: string;
  readonly idempotencyKey: string | null;
  /** Hash of what was asked, so that a key that comes back with something else is noticed. */
  readonly requestSha256: string;
  readonly triggerId: string | null;
  readonly startedBy: string;
  readonly reason: string | null;
  /** Who is told what of it. Default: nobody. */
  readonly rules?: readonly DeliveryRule[];
  readonly now: Date;
}

/** What {@link startWorkflowRun} did. */
export type WorkflowRunStarted =
  | { readonly kind: "created"; readonly run: StoredWorkflowRun }
  /** The key was used before, for the same. */
  | { readonly kind: "known"; readonly run: StoredWorkflowRun }
  /** The key was used before, for something else; nothing was done. */
  | { readonly kind: "key-reused"; readonly run: StoredWorkflowRun };

/** Starts a workflow-run with all of its steps that wait for nothing; one key starts one, however many ask at once. */
export async function startWorkflowRun(
  driver: Driver,
  run: NewWorkflowRun,
  advancing: Advancing,
): Promise<WorkflowRunStarted> {
  return driver.tx((queries) => startWorkflowRunIn(queries, run, advancing));
}

/**
 * {@link startWorkflowRun} within a transaction of the caller's.
 *
 * @param noteCreated - Writes what it is the workflow-run of, which has to be there before its first
 *   steps start: with them it may end at once, and who follows it looks that up.
 */
export async function startWorkflowRunIn(
  queries: Queries,
  run: NewWorkflowRun,
  advancing: Advancing,
  noteCreated: () => Promise<unknown> = async () => undefined,
): Promise<WorkflowRunStarted> {
  const known = await createWorkflowRunIn(queries, run, advancing);
  if (known !== null) return known;
  await noteCreated();
  return { kind: "created", run: await beginWorkflowRunIn(queries, run, advancing) };
}

/**
 * Writes a workflow-run of which nothing has started; {@link beginWorkflowRunIn} is to follow.
 *
 * @returns Null where it was written, and what was there where its key was used before.
 */
export async function createWorkflowRunIn(
  queries: Queries,
  run: NewWorkflowRun,
  advancing: Advancing,
): Promise<Exclude<WorkflowRunStarted, { readonly kind: "created" }> | null> {
  const { workflow } = await planOf(queries, run, advancing.plans);
  const inserted = await queries.query(
    `insert into workflow_run (id, workflow_id, version, owner, status, sequence, state, parameters, occasion,
       idempotency_key, request_sha256, trigger_id, started_by, reason, created_at)
     values ($1, $2, $3, $4, 'queued', 1, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (owner, idempotency_key) do nothing returning id`,
    [
      run.id,
      run.workflowId,
      run.version,
      run.owner,
      encodeState(newWorkflowRun(workflow)),
      run.parameters,
      run.occasion,
      run.idempotencyKey,
      run.requestSha256,
      run.triggerId,
      run.startedBy,
      run.reason,
      run.now,
    ],
  );
  if (inserted.length === 0) return knownWorkflowRun(queries, run);
  const { owner, rules = [] } = run;
  if (rules.length > 0) await writeRules(queries, { workflowRunId: run.id }, { owner, rules });
  return null;
}

/** Starts all steps that wait for nothing of a workflow-run that was just written. */
export async function beginWorkflowRunIn(
  queries: Queries,
  run: NewWorkflowRun,
  advancing: Advancing,
): Promise<StoredWorkflowRun> {
  const held = await holdWorkflowRun(queries, run.id, advancing.plans);
  if (held === null) throw new Error(`the workflow-run "${run.id}" is not in the database`);
  const { timeout_ms: timeoutMs } = held.plan.workflow;
  return driveWorkflowRun(queries, held, {
    ...advancing,
    now: run.now,
    events: [{ type: "run-started" }],
    deadline: timeoutMs === undefined ? null : new Date(run.now.getTime() + timeoutMs),
  });
}

async function knownWorkflowRun(
  queries: Queries,
  { owner, idempotencyKey, requestSha256 }: NewWorkflowRun,
): Promise<Exclude<WorkflowRunStarted, { readonly kind: "created" }>> {
  const rows = await queries.query(
    `select ${WORKFLOW_RUN_COLUMNS}, request_sha256 = $3 as same from workflow_run
     where owner = $1 and idempotency_key = $2`,
    [owner, idempotencyKey, requestSha256],
  );
  const [run] = toWorkflowRuns(rows);
  if (run === undefined)
    throw new Error(`the workflow-run of the key "${idempotencyKey}" is neither new nor known`);
  return { kind: rows[0]?.["same"] === true ? "known" : "key-reused", run };
}
