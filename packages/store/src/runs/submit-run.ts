import type { RunSettings } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { type DeliveryRule, writeRules } from "../deliveries/rules.ts";
import { inBatch, type Patience } from "../driver/in-batch.ts";
import { namesOfRuns, READY_CHANNEL, RUN_CHANNEL } from "./append-event.ts";
import { needsOf } from "./label-needs.ts";
import { RUN_COLUMNS, type StoredRun, toRuns } from "./run-row.ts";
import { STATUS_CHANGED, statusEvent } from "./status-event.ts";

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
  const [submitted] = await submitRunsIn(queries, [run]);
  return submitted as Submitted;
}

/** Does what {@link submitRun} does for several runs, in one transaction. What it gives is in the same order. */
export async function submitRuns(
  driver: Driver,
  runs: readonly NewRun[],
  patience: Patience = "endless",
): Promise<readonly Submitted[]> {
  return inBatch(driver, patience, (queries) => submitRunsIn(queries, runs));
}

/** {@link submitRuns} within a transaction of the caller's. */
export async function submitRunsIn(queries: Queries, runs: readonly NewRun[]): Promise<readonly Submitted[]> {
  const submitted = await addRuns(queries, runs, { eventSeq: 1 });
  const created = runs.filter((_, index) => submitted[index]?.kind === "created");
  await queueAttempts(
    queries,
    created.map((run) => ({
      ...run,
      runId: run.id,
      number: 1,
      seq: 1,
      notBefore: run.now,
      runnerId: run.resumes?.runnerId ?? null,
    })),
  );
  return submitted;
}

/** Adds a run that has no attempt and no events yet, unless its key is known. */
export async function addRun(queries: Queries, run: NewRun): Promise<Submitted> {
  const [submitted] = await addRuns(queries, [run], { eventSeq: 0 });
  return submitted as Submitted;
}

/** @param options.eventSeq - How many events each of them has when the transaction ends. */
async function addRuns(
  queries: Queries,
  runs: readonly NewRun[],
  { eventSeq }: { readonly eventSeq: number },
): Promise<readonly Submitted[]> {
  const rows = await queries.query(ADD_RUNS, [
    runs.map(({ id }) => id),
    runs.map(({ owner }) => owner),
    runs.map(({ path }) => path),
    runs.map(({ sourceHash }) => sourceHash),
    runs.map(({ kernelName }) => kernelName),
    runs.map(({ parameters }) => parameters),
    runs.map(({ idempotencyKey }) => idempotencyKey),
    runs.map(({ requestSha256 }) => requestSha256),
    runs.map(({ settings }) => JSON.stringify(settings)),
    runs.map(({ priority }) => priority),
    runs.map(({ tags }) => JSON.stringify(tags)),
    runs.map(({ rerunOf }) => rerunOf),
    runs.map(({ resumes }) => resumes?.attemptId ?? null),
    runs.map(({ createdAt, now }) => (createdAt ?? now).toISOString()),
    runs.map(({ isSweep = false }) => String(isSweep)),
    runs.map(({ sweepId }) => sweepId ?? null),
    runs.map(({ workflowRunId }) => workflowRunId ?? null),
    runs.map(({ startedBy }) => startedBy?.runId ?? null),
    runs.map(({ startedBy }) => startedBy?.depth ?? 0),
    runs.map(({ now }) => now.toISOString()),
    eventSeq,
  ]);
  const created = new Set(rows.map(({ id }) => id));
  await addTags(
    queries,
    runs.filter(({ id }) => created.has(id)),
  );
  const submitted: Submitted[] = [];
  for (const asked of runs) {
    if (!created.has(asked.id)) {
      submitted.push(await knownRun(queries, asked));
      continue;
    }
    const { owner, resumes, rules = [] } = asked;
    if (rules.length > 0) await writeRules(queries, { runId: asked.id }, { owner, rules });
    // A kernel is gone on in once.
    if (resumes)
      await queries.query("update attempt set kernel_until = null where id = $1", [resumes.attemptId]);
    submitted.push({ kind: "created", run: asStored(asked) });
  }
  return submitted;
}

/** A run that was just added: the database has what it was given, and need not say it again. */
function asStored(run: NewRun): StoredRun {
  const { id, owner, path, sourceHash, kernelName, parameters, priority, tags, rerunOf } = run;
  return {
    id,
    owner,
    status: "queued",
    path,
    sourceHash,
    kernelName,
    parameters,
    attempt: 1,
    settings: JSON.stringify(run.settings),
    priority,
    tags,
    rerunOf,
    resumes: run.resumes?.attemptId ?? null,
    isSweep: run.isSweep ?? false,
    sweepId: run.sweepId ?? null,
    workflowRunId: run.workflowRunId ?? null,
    startedByRun: run.startedBy?.runId ?? null,
    depth: run.startedBy?.depth ?? 0,
    idempotencyKey: run.idempotencyKey,
    requestSha256: run.requestSha256,
    notBefore: null,
    failure: null,
    cancelRequestedAt: null,
    createdAt: run.createdAt ?? run.now,
    startedAt: null,
    finishedAt: null,
  };
}

// An array of arrays has to be a rectangle, so tags come as JSON.
const ADD_RUNS = `
  with given as (
    select * from unnest(
      $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::int[], $11::text[], $12::uuid[], $13::uuid[], $14::timestamptz[], $15::boolean[], $16::uuid[], $17::uuid[],
      $18::uuid[], $19::int[], $20::timestamptz[]
    ) as given (
      id, owner, path, source_hash, kernel_name, parameters, idempotency_key, request_sha256, settings, priority, tags,
      rerun_of, resumes, created_at, is_sweep, sweep_id, workflow_run_id, started_by_run, depth, now
    )
  ), sources as (
    insert into source (hash, path, owner, created_at)
    select distinct on (source_hash) source_hash, path, owner, now from given order by source_hash
    on conflict do nothing
  )
  insert into run (id, owner, status, path, source_hash, kernel_name, parameters, idempotency_key, request_sha256,
    attempt, settings, priority, tags, rerun_of, resumes, created_at, is_sweep, sweep_id, workflow_run_id,
    started_by_run, depth, event_seq)
  select id, owner, 'queued', path, source_hash, kernel_name, parameters, idempotency_key, request_sha256, 1, settings,
    priority, case tags when '[]' then '{}' else array(select json_array_elements_text(tags::json)) end, rerun_of, resumes, created_at, is_sweep, sweep_id,
    workflow_run_id, started_by_run, depth, $21::int
  from given order by owner, idempotency_key, id
  on conflict (owner, idempotency_key) where idempotency_key is not null do nothing
  returning id`;

async function addTags(queries: Queries, runs: readonly NewRun[]): Promise<void> {
  const tags = runs.flatMap(({ id, tags, sweepId = null }) =>
    [...new Set(tags)].map((tag) => ({ id, tag, aloneTag: sweepId === null ? tag : null })),
  );
  if (tags.length === 0) return;
  await queries.query(
    "insert into run_tag (tag, run_id, alone_tag) select * from unnest($1::text[], $2::uuid[], $3::text[])",
    [tags.map(({ tag }) => tag), tags.map(({ id }) => id), tags.map(({ aloneTag }) => aloneTag)],
  );
}

/** An attempt that is to be made. */
export interface NewAttempt {
  readonly attemptId: string;
  readonly runId: string;
  readonly number: number;
  /** Place of the event that says so among those of the run, whose `event_seq` the transaction has counted up already. */
  readonly seq: number;
  readonly priority: number;
  readonly settings: RunSettings;
  /** No runner gets it earlier. */
  readonly notBefore: Date;
  /** The only runner that may have it. Default: any. */
  readonly runnerId?: string | null;
  readonly now: Date;
}

/** Makes the next attempts of runs and lets runners have them. */
export async function queueAttempts(queries: Queries, attempts: readonly NewAttempt[]): Promise<void> {
  if (attempts.length === 0) return;
  await queries.query(QUEUE, [
    attempts.map(({ attemptId }) => attemptId),
    attempts.map(({ runId }) => runId),
    attempts.map(({ number }) => number),
    attempts.map(({ now }) => now.toISOString()),
    attempts.map(({ priority }) => priority),
    attempts.map(({ notBefore }) => notBefore.toISOString()),
    attempts.map(expiry),
    attempts.map(({ runnerId }) => runnerId ?? null),
    attempts.map(({ seq }) => seq),
    attempts.map(({ number, now }) => statusEvent("queued", { attempt: number, now }).data),
    STATUS_CHANGED,
    RUN_CHANNEL,
    READY_CHANNEL,
    attempts.map(({ settings }) => needsOf(settings)),
    namesOfRuns(attempts.map(({ runId }) => runId)),
  ]);
}

/** When nobody waits for a runner any longer. */
function expiry({ notBefore, settings }: NewAttempt): string | null {
  const { queue_ms: queueMs } = settings.timeouts;
  return queueMs === null ? null : new Date(notBefore.getTime() + queueMs).toISOString();
}

const QUEUE = `
  with given as (
    select * from unnest(
      $1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[], $5::int[], $6::timestamptz[], $7::timestamptz[], $8::uuid[],
      $9::int[], $10::text[], $14::text[]
    ) as given (id, run_id, number, now, priority, not_before, expires_at, runner_id, seq, data, needs)
  ), queued as (
    insert into attempt (id, run_id, number, status, created_at) select id, run_id, number, 'queued', now from given
  ), waiting as (
    insert into ready (attempt_id, priority, not_before, expires_at, runner_id, needs)
    select id, priority, not_before, expires_at, runner_id, needs from given
  ), told as (
    insert into event (run_id, seq, attempt, at, kind, data) select run_id, seq, number, now, $11, data from given
  )
  select count(pg_notify($12, names)), pg_notify($13, '') from unnest($15::text[]) as told_of (names)`;

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
