import { createHash } from "node:crypto";
import {
  type ErrorClass,
  exitClass,
  type FinalStatus,
  nextAttempt,
  nextRunStatus,
  type RunSettings,
} from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { noteRunEnded } from "../deliveries/post-notices.ts";
import { advanceSweep } from "../sweeps/advance-sweep.ts";
import { appendRunEvents } from "./append-event.ts";
import { RUN_COLUMNS, type StoredAttempt, type StoredEvent, type StoredRun, toRuns } from "./run-row.ts";
import { recordFiles } from "./read-records.ts";
import { attemptEvents } from "./server-events.ts";
import { statusEvent } from "./status-event.ts";
import { queueAttempt } from "./submit-run.ts";
import type { Advancing } from "../workflows/held-workflow-run.ts";
import { noteTaskEnded } from "../workflows/note-task.ts";

/** What the manifest of a record is made from. */
export interface RecordFacts {
  readonly run: StoredRun;
  readonly attempt: StoredAttempt;
  readonly files: readonly StoredFile[];
  /** Place in the chain, from 1. */
  readonly seq: number;
  /** Hash of the manifest before; null for the first one. */
  readonly previousSha256: string | null;
}

/** A file of an attempt that is in the store of records. */
export interface StoredFile {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

/** How records are laid out, which is not the database's to know. Pure. */
export interface RecordForm {
  /** The record's directory in its store. */
  directory(run: Pick<StoredRun, "id" | "createdAt">, attempt: Pick<StoredAttempt, "number">): string;
  /** The text of the manifest. */
  manifest(facts: RecordFacts): string;
  /** The file that the server makes of the events that it has, where the runner has handed none in. */
  readonly events: {
    readonly name: string;
    text(events: readonly StoredEvent[]): string;
  };
}

/** How an attempt ended, and what is needed to go on. */
export interface Ending {
  readonly outcome: FinalStatus;
  /** JSON. */
  readonly failure: string | null;
  /** JSON. */
  readonly facts: string | null;
  readonly now: Date;
  readonly form: RecordForm;
  /** Id of the next attempt, if there is one. */
  readonly nextAttemptId: string;
  /** For a run that is a task of a workflow-run, which goes on. */
  readonly advancing: Advancing;
  /** What the notebook recorded. Default: nothing. */
  readonly scraps?: { readonly data: string; readonly leftOut: readonly string[] } | null;
  /** Until when the runner keeps the attempt's kernel. Default: it does not. */
  readonly kernelUntil?: Date | null;
}

/**
 * Ends an attempt that the transaction has locked: its status, its record's place
 * in the chain, the run's status, the event, and what follows: the next attempt where
 * there is one, or the next child where the run is one of a sweep.
 */
export async function finishAttempt(
  queries: Queries,
  held: StoredAttempt,
  ending: Ending,
): Promise<StoredRun> {
  const { outcome, failure, facts, now } = ending;
  const blamed = exitClass(outcome, namesOf(failure)[0]);
  await queries.query(
    `update attempt set status = $2, failure = $3, facts = $4, finished_at = $5, exit_class = $6, kernel_until = $7,
       notebook_wanted = false, lease_until = null, scraps = $8, scraps_left_out = $9 where id = $1`,
    [
      held.id,
      outcome,
      failure,
      facts,
      now,
      blamed,
      ending.kernelUntil ?? null,
      ending.scraps?.data ?? null,
      ending.scraps?.leftOut ?? [],
    ],
  );
  const attempt = { ...held, status: outcome, failure, facts, finishedAt: now, exitClass: blamed };
  const before = await lockRun(queries, held.runId);
  const settings = JSON.parse(before.settings) as RunSettings;
  // What no runner had in time is not worth waiting for once more.
  const isRetried = outcome !== "succeeded" && held.status !== "queued";
  const notBefore = isRetried ? await retryTime(queries, before, { settings, now }) : null;
  const next = nextRunStatus(outcome, {
    hasRetry: notBefore !== null,
    isCancelRequested: before.cancelRequestedAt !== null,
  });
  if (next === "queued") {
    const queued = await retry(queries, before, { ...ending, settings, notBefore: notBefore ?? now });
    await chainRecord(queries, { run: before, attempt, ending });
    return queued;
  }

  const rows = await queries.query(
    `update run set status = $2, failure = $3, finished_at = $4, not_before = null where id = $1
     returning ${RUN_COLUMNS}`,
    [held.runId, next, failure, now],
  );
  const event = statusEvent(next, { attempt: attempt.number, now, failure });
  await appendRunEvents(queries, { runId: held.runId, attempt: attempt.number }, [event]);
  const ended = one(toRuns(rows), held.runId);
  // A sweep counts once, when it ends itself.
  if (before.sweepId === null) await noteRunEnded(queries, ended, now);
  if (before.workflowRunId !== null) {
    const task = { runId: held.runId, workflowRunId: before.workflowRunId, status: next };
    await noteTaskEnded(queries, task, { ...ending.advancing, now });
  }
  // The last thing: the record has the events of the attempt, and from here on there are no more.
  await chainRecord(queries, { run: before, attempt, ending });
  if (ended.sweepId !== null) await advanceSweep(queries, { ...ended, sweepId: ended.sweepId }, now);
  return ended;
}

async function retry(
  queries: Queries,
  run: StoredRun,
  ending: Ending & { readonly settings: RunSettings; readonly notBefore: Date },
): Promise<StoredRun> {
  const { now, nextAttemptId, settings, notBefore } = ending;
  const number = run.attempt + 1;
  const rows = await queries.query(
    `update run set status = 'queued', attempt = $2, not_before = $3 where id = $1 returning ${RUN_COLUMNS}`,
    [run.id, number, notBefore],
  );
  const { priority } = run;
  const next = { attemptId: nextAttemptId, runId: run.id, number, priority, settings, notBefore, now };
  await queueAttempt(queries, next);
  return one(toRuns(rows), run.id);
}

/** When the next attempt of a run may begin, whose last one has been written; null where there is none. */
async function retryTime(
  queries: Queries,
  { id }: StoredRun,
  { settings, now }: { readonly settings: RunSettings; readonly now: Date },
): Promise<Date | null> {
  const rows = await queries.query(
    `select exit_class as "errorClass", failure from attempt
     where run_id = $1 and exit_class is not null order by number`,
    [id],
  );
  const failures = rows.map(({ errorClass, failure }) => ({
    errorClass: errorClass as ErrorClass,
    names: namesOf(failure as string | null),
  }));
  if (failures.length === 0) return null;
  const next = nextAttempt(settings.retry, id, failures, now.getTime());
  return next.kind === "retry" ? new Date(next.notBefore) : null;
}

/** The code of a failure and the name of its exception. */
function namesOf(failure: string | null): readonly string[] {
  if (failure === null) return [];
  const { code, ename } = JSON.parse(failure) as { readonly code?: unknown; readonly ename?: unknown };
  return [code, ename].filter((it) => typeof it === "string");
}

async function chainRecord(
  queries: Queries,
  {
    run,
    attempt,
    ending,
  }: { readonly run: StoredRun; readonly attempt: StoredAttempt; readonly ending: Ending },
): Promise<void> {
  const stored = await filesOf(queries, attempt, ending.form);
  // The row is locked until the transaction ends: records follow each other one by one.
  const [head] = await queries.query("select seq, sha256 from record_head for update");
  const seq = Number(head?.["seq"] ?? 0) + 1;
  const previousSha256 = (head?.["sha256"] ?? null) as string | null;
  const manifest = ending.form.manifest({ run, attempt, files: stored, seq, previousSha256 });
  const sha256 = createHash("sha256").update(manifest).digest("hex");
  await queries.query(
    `with chained as (
       insert into record (seq, attempt_id, directory, sha256, previous_sha256, manifest, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) returning seq, sha256
     )
     update record_head set seq = chained.seq, sha256 = chained.sha256 from chained`,
    [seq, attempt.id, ending.form.directory(run, attempt), sha256, previousSha256, manifest, ending.now],
  );
}

/** The files of a record, its events among them: those are written with the manifest, where the runner handed none in. */
async function filesOf(
  queries: Queries,
  attempt: StoredAttempt,
  { events: { name, text } }: RecordForm,
): Promise<readonly StoredFile[]> {
  const files = await recordFiles(queries, attempt.id);
  if (files.some((file) => file.name === name)) return files;
  const bytes = Buffer.from(text(await attemptEvents(queries, attempt)));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await queries.query("insert into record_file (attempt_id, name, sha256, size) values ($1, $2, $3, $4)", [
    attempt.id,
    name,
    sha256,
    bytes.byteLength,
  ]);
  return recordFiles(queries, attempt.id);
}

async function lockRun(queries: Queries, id: string): Promise<StoredRun> {
  return one(
    toRuns(await queries.query(`select ${RUN_COLUMNS} from run where id = $1 for update`, [id])),
    id,
  );
}

function one(runs: readonly StoredRun[], id: string): StoredRun {
  const [run] = runs;
  if (run === undefined) throw new Error(`the run "${id}" is not in the database`);
  return run;
}
