import type { RunSettings } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { type DeliveryRule, writeRules } from "../deliveries/rules.ts";
import { appendRunEvents, READY_CHANNEL } from "./append-event.ts";
import { RUN_COLUMNS, type StoredRun, toRuns } from "./run-row.ts";
import { statusEvent } from "./status-event.ts";

/** A run that is asked for. */
export interface NewRun {
  /** A UUID of version 7. */
  readonly id: string;
  readonly attemptId: string;
  readonly owner: string;
  readonly path: string;
  readonly sourceHash: string;
  readonly kernelName: string | null;
  readonly parameters: string;
  readonly idempotencyKey: string | null;
  /** Hash of what was asked, so that a key that comes back with something else is noticed. */
  readonly requestSha256: string;
  readonly settings: RunSettings;
  readonly priority: number;
  readonly tags: readonly string[];
  readonly rerunOf: string | null;
  /** The attempt in whose kernel this run goes on, at the runner that has it. Default: none. */
  readonly resumes?: { readonly attemptId: string; readonly runnerId: string } | null;
  /** The sweep that it is a child of. Default: none. */
  readonly sweepId?: string;
  /** Whether it is the parent of a sweep. Default false. */
  readonly isSweep?: boolean;
  /** The run whose notebook starts it, and how many there are above it then. Default: none. */
  readonly startedBy?: { readonly runId: string; readonly depth: number } | null;
  /** When it was asked for. Default `now`. */
  readonly createdAt?: Date;
  /** The workflow-run that this run is a task of. Default: none. */
  readonly workflowRunId?: string | null;
  /** Who is told what of it. Default: nobody. */
  readonly rules?: readonly DeliveryRule[];
  readonly now: Date;
}

/** What {@link submitRun} did. */
export type Submitted =
  | { readonly kind: "created"; readonly run: StoredRun }
  /** The key was used before, for the same. */
  | { readonly kind: "known"; readonly run: StoredRun }
  /** The key was used before, for something else; nothing was done. */
  | { readonly kind: "key-reused"; readonly run: StoredRun };

/** Queues a run with its first attempt; one key starts one run, however many ask at once. */
export async function submitRun(driver: Driver, run: NewRun): Promise<Submitted> {
  return driver.tx((queries) => submitRunIn(queries, run));
}

/** {@link submitRun} within a transaction of the caller's. */
export async function submitRunIn(queries: Queries, run: NewRun): Promise<Submitted> {
  const submitted = await addRun(queries, run);
  if (submitted.kind === "created") {
    const runnerId = run.resumes?.runnerId ?? null;
    await queueAttempt(queries, { ...run, runId: run.id, number: 1, notBefore: run.now, runnerId });
  }
  return submitted;
}

/** Adds a run that has no attempt yet, unless its key is known. */
export async function addRun(queries: Queries, run: NewRun): Promise<Submitted> {
  await queries.query(
    "insert into source (hash, path, owner, created_at) values ($1, $2, $3, $4) on conflict do nothing",
    [run.sourceHash, run.path, run.owner, run.now],
  );
  const created = await insertRun(queries, run);
  if (created === undefined) return knownRun(queries, run);
  const { rules = [] } = run;
  if (rules.length > 0) await writeRules(queries, { runId: run.id }, { owner: run.owner, rules });
  // A kernel is gone on in once.
  if (run.resumes) {
    await queries.query("update attempt set kernel_until = null where id = $1", [run.resumes.attemptId]);
  }
  if (run.tags.length > 0) {
    await queries.query("insert into run_tag (tag, run_id) select distinct unnest($1::text[]), $2::uuid", [
      run.tags,
      run.id,
    ]);
  }
  return { kind: "created", run: created };
}

/** Makes the next attempt of a run and lets runners have it. */
export async function queueAttempt(
  queries: Queries,
  attempt: {
    readonly attemptId: string;
    readonly runId: string;
    readonly number: number;
    readonly priority: number;
    readonly settings: RunSettings;
    /** No runner gets it earlier. */
    readonly notBefore: Date;
    /** The only runner that may have it. Default: any. */
    readonly runnerId?: string | null;
    readonly now: Date;
  },
): Promise<void> {
  const { attemptId, runId, number, priority, settings, notBefore, runnerId = null, now } = attempt;
  const { queue_ms: queueMs } = settings.timeouts;
  await queries.query(
    "insert into attempt (id, run_id, number, status, created_at) values ($1, $2, $3, 'queued', $4)",
    [attemptId, runId, number, now],
  );
  await queries.query(
    "insert into ready (attempt_id, priority, not_before, expires_at, runner_id) values ($1, $2, $3, $4, $5)",
    [
      attemptId,
      priority,
      notBefore,
      queueMs === null ? null : new Date(notBefore.getTime() + queueMs),
      runnerId,
    ],
  );
  await appendRunEvents(queries, { runId, attempt: number }, [
    statusEvent("queued", { attempt: number, now }),
  ]);
  await queries.query("select pg_notify($1, '')", [READY_CHANNEL]);
}

async function insertRun(queries: Queries, run: NewRun): Promise<StoredRun | undefined> {
  const rows = await queries.query(
    `insert into run (id, owner, status, path, source_hash, kernel_name, parameters, idempotency_key,
       request_sha256, attempt, settings, priority, tags, rerun_of, resumes, created_at, is_sweep, sweep_id,
       workflow_run_id, started_by_run, depth)
     values ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     on conflict (owner, idempotency_key) do nothing
     returning ${RUN_COLUMNS}`,
    [
      run.id,
      run.owner,
      run.path,
      run.sourceHash,
      run.kernelName,
      run.parameters,
      run.idempotencyKey,
      run.requestSha256,
      JSON.stringify(run.settings),
      run.priority,
      run.tags,
      run.rerunOf,
      run.resumes?.attemptId ?? null,
      run.createdAt ?? run.now,
      run.isSweep ?? false,
      run.sweepId ?? null,
      run.workflowRunId ?? null,
      run.startedBy?.runId ?? null,
      run.startedBy?.depth ?? 0,
    ],
  );
  return toRuns(rows)[0];
}

async function knownRun(
  queries: Queries,
  { owner, idempotencyKey, requestSha256 }: NewRun,
): Promise<Submitted> {
  const rows = await queries.query(
    `select ${RUN_COLUMNS}, request_sha256 = $3 as same from run where owner = $1 and idempotency_key = $2`,
    [owner, idempotencyKey, requestSha256],
  );
  const [row] = rows;
  const [run] = toRuns(rows);
  if (run === undefined) throw new Error(`the run of the key "${idempotencyKey}" is neither new nor known`);
  return { kind: row?.["same"] === true ? "known" : "key-reused", run };
}
