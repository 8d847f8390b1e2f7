import type { AttemptStatus, ErrorClass } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { markTagsOfChildren } from "../sweeps/mark-tags.ts";
import { appendRunEvents, type NewEvent } from "./append-event.ts";
import type { StoredFile } from "./ending.ts";

/** A record as its manifest or tombstone has it. JSON is text. */
export interface ImportedRecord {
  readonly seq: number;
  readonly sha256: string;
  readonly previousSha256: string | null;
  readonly directory: string;
  /** What stands in its place, where it was pruned, and whether its files are gone. */
  readonly tombstone: { readonly text: string; readonly prunedAt: Date; readonly isBuried: boolean } | null;
  readonly run: {
    readonly id: string;
    readonly owner: string;
    readonly path: string;
    readonly sourceHash: string;
    readonly kernelName: string | null;
    readonly parameters: string;
    readonly settings: string;
    readonly priority: number;
    readonly tags: readonly string[];
    readonly rerunOf: string | null;
    /** The attempt in whose kernel it went on. */
    readonly resumes: string | null;
    /** The sweep and the workflow-run that it belongs to, and the run whose notebook started it. */
    readonly sweepId: string | null;
    readonly workflowRunId: string | null;
    readonly startedByRun: string | null;
    readonly idempotencyKey: string | null;
    readonly requestSha256: string;
    readonly createdAt: Date;
  };
  readonly attempt: {
    readonly id: string;
    readonly number: number;
    readonly status: AttemptStatus;
    readonly exitClass: ErrorClass | null;
    readonly failure: string | null;
    readonly facts: string | null;
    readonly runner: { readonly id: string; readonly name: string; readonly version: string } | null;
    readonly createdAt: Date;
    readonly claimedAt: Date | null;
    readonly startedAt: Date | null;
    readonly finishedAt: Date;
  };
  readonly files: readonly StoredFile[];
  /** All but the last, read once within the transaction. */
  readonly events: AsyncIterable<NewEvent> | Iterable<NewEvent>;
  /** The last event, which says how the attempt has ended; null for one that was pruned. */
  readonly end: NewEvent | null;
}

/** The place of the last record of the chain; 0 where there is none. */
export async function lastPlace(queries: Queries): Promise<number> {
  const [head] = await queries.query("select seq from record_head");
  return Number(head?.["seq"] ?? 0);
}

/** Lets nobody else write history until the transaction ends: two imports at once take turns. */
export async function holdHistory(queries: Queries): Promise<void> {
  await queries.query("select seq from record_head for update");
}

/**
 * Puts a record back into a database that has lost it: its run, attempt, events and
 * place in the chain, within a transaction. Records have to come in the order of the chain.
 *
 * What an earlier run led to is linked by {@link linkImportedRun} afterwards.
 *
 * @returns Whether it was not there yet; one that is there stays as it is.
 */
export async function importRecord(queries: Queries, record: ImportedRecord): Promise<boolean> {
  const known = await queries.query("select 1 from record where seq = $1", [record.seq]);
  if (known.length > 0) return false;
  await importRun(queries, record);
  await importAttempt(queries, record);
  const { attempt, files, tombstone } = record;
  for (const { name, sha256, size } of files) {
    await queries.query(
      "insert into record_file (attempt_id, name, sha256, size) values ($1, $2, $3, $4) on conflict do nothing",
      [attempt.id, name, sha256, size],
    );
  }
  await importEvents(queries, record);
  await queries.query(
    `insert into record (seq, attempt_id, directory, sha256, previous_sha256, created_at, tombstone, is_buried)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      record.seq,
      attempt.id,
      record.directory,
      record.sha256,
      record.previousSha256,
      attempt.finishedAt,
      tombstone?.text ?? null,
      tombstone?.isBuried ?? false,
    ],
  );
  await queries.query("update record_head set seq = $1, sha256 = $2 where seq < $1", [
    record.seq,
    record.sha256,
  ]);
  return true;
}

async function importRun(queries: Queries, { run, attempt, tombstone }: ImportedRecord): Promise<void> {
  await queries.query(
    "insert into source (hash, path, owner, created_at) values ($1, $2, $3, $4) on conflict do nothing",
    [run.sourceHash, run.path, run.owner, run.createdAt],
  );
  await queries.query(
    `insert into run (id, owner, status, path, source_hash, kernel_name, parameters, idempotency_key,
       request_sha256, attempt, settings, priority, tags, created_at, pruned_at)
     select $1, $2, $3, $4, $5, $6, $7,
       case when exists (select from run where owner = $2 and idempotency_key = $8) then null else $8 end,
       $9, 0, $10, $11, $12, $13, $14
     on conflict (id) do nothing`,
    [
      run.id,
      run.owner,
      attempt.status,
      run.path,
      run.sourceHash,
      run.kernelName,
      run.parameters,
      run.idempotencyKey,
      run.requestSha256,
      run.settings,
      run.priority,
      run.tags,
      run.createdAt,
      tombstone?.prunedAt ?? null,
    ],
  );
  await queries.query(
    "insert into run_tag (tag, run_id, alone_tag) select distinct tag, $2::uuid, tag from unnest($1::text[]) as tag on conflict do nothing",
    [run.tags, run.id],
  );
  // The newest attempt decides how the run has ended.
  await queries.query(
    `update run set attempt = $2, status = $3, failure = $4, started_at = coalesce(started_at, $5), finished_at = $6
     where id = $1 and (attempt < $2 or (attempt = $2 and finished_at is null))`,
    [run.id, attempt.number, attempt.status, attempt.failure, attempt.startedAt, attempt.finishedAt],
  );
}

/** The most events that are stored at once, and the most characters of their data. */
const BATCH = 500;
const BATCH_CHARACTERS = 8 * 2 ** 20;

/** Adds those that a database does not have which was restored from a backup; it cannot have the last one. */
async function importEvents(queries: Queries, { run, attempt, events, end }: ImportedRecord): Promise<void> {
  const of = { runId: run.id, attempt: attempt.number };
  const [told] = await queries.query(
    "select count(*)::int as count from event where run_id = $1 and attempt = $2",
    [of.runId, of.attempt],
  );
  let known = Number(told?.["count"]);
  let batch: NewEvent[] = [];
  let characters = 0;
  for await (const event of events) {
    if (known > 0) {
      known -= 1;
      continue;
    }
    batch.push(event);
    characters += event.data.length;
    if (batch.length < BATCH && characters < BATCH_CHARACTERS) continue;
    await appendRunEvents(queries, of, batch);
    [batch, characters] = [[], 0];
  }
  await appendRunEvents(queries, of, end === null ? batch : [...batch, end]);
}

/** One that is under way in a database that was restored from a backup has ended since. */
async function importAttempt(queries: Queries, { run, attempt }: ImportedRecord): Promise<void> {
  const { runner } = attempt;
  await queries.query("delete from ready where attempt_id = $1", [attempt.id]);
  if (runner !== null) {
    await queries.query(
      "insert into runner (id, name, slots, version, seen_at) values ($1, $2, 1, $3, $4) on conflict do nothing",
      [runner.id, runner.name, runner.version, attempt.finishedAt],
    );
  }
  await queries.query(
    `insert into attempt (id, run_id, number, status, runner_id, exit_class, failure, facts, created_at, claimed_at,
       started_at, finished_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (run_id, number) do update set status = excluded.status, runner_id = excluded.runner_id,
       exit_class = excluded.exit_class, failure = excluded.failure, facts = excluded.facts,
       claimed_at = excluded.claimed_at, started_at = excluded.started_at, finished_at = excluded.finished_at,
       lease_until = null, fence = attempt.fence + 1`,
    [
      attempt.id,
      run.id,
      attempt.number,
      attempt.status,
      runner?.id ?? null,
      attempt.exitClass,
      attempt.failure,
      attempt.facts,
      attempt.createdAt,
      attempt.claimedAt,
      attempt.startedAt,
      attempt.finishedAt,
    ],
  );
}

/** What a record says that its run belongs to. */
export type RunLink = "rerun_of" | "resumes" | "sweep" | "workflow_run" | "started_by_run";

/**
 * Says of an imported run which one it repeats and goes on from, what it belongs to and who started
 * it, as far as those are there. What the database says already stays as it is.
 *
 * @returns What is not there, and so could not be said.
 */
export async function linkImportedRun(
  queries: Queries,
  run: Pick<
    ImportedRecord["run"],
    "id" | "rerunOf" | "resumes" | "sweepId" | "workflowRunId" | "startedByRun"
  >,
): Promise<readonly { readonly link: RunLink; readonly to: string }[]> {
  const wanted = [
    ["rerun_of", run.rerunOf],
    ["resumes", run.resumes],
    ["sweep", run.sweepId],
    ["workflow_run", run.workflowRunId],
    ["started_by_run", run.startedByRun],
  ] as const;
  if (wanted.every(([, to]) => to === null)) return [];
  const [linked] = await queries.query(LINK, [run.id, ...wanted.map(([, to]) => to)]);
  if (run.sweepId !== null) await markTagsOfChildren(queries, [run.id]);
  return wanted.flatMap(([link, to]) => (to === null || linked?.[link] === to ? [] : [{ link, to }]));
}

const LINK = `
  update run set
    rerun_of = coalesce(rerun_of, (select other.id from run as other where other.id = $2)),
    resumes = coalesce(resumes, (select id from attempt where id = $3)),
    sweep_id = coalesce(sweep_id, (select run_id from sweep where run_id = $4)),
    workflow_run_id = coalesce(workflow_run_id, (select id from workflow_run where id = $5)),
    started_by_run = coalesce(started_by_run, (select other.id from run as other where other.id = $6))
  where id = $1
  returning rerun_of, resumes, sweep_id as sweep, workflow_run_id as workflow_run, started_by_run`;
