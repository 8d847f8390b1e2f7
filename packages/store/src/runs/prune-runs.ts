import type { AttemptStatus, RunStatus } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";

/** Which runs may go. */
export interface PrunePolicy {
  /** Runs that succeeded or were cancelled may go when they ended before this. */
  readonly endedBefore: Date;
  /** The others may, which somebody may still want to look into. */
  readonly failedBefore: Date;
  /** The newest runs of every notebook that stay however old they are. */
  readonly keepLatest: number;
  readonly limit: number;
}

/** A run that may go. */
export interface PrunableRun {
  readonly id: string;
  readonly path: string;
  readonly status: RunStatus;
  readonly finishedAt: Date;
}

/** The runs that may go by a policy, oldest first. Those whose manifests wait to be written stay. */
export async function prunableRuns(queries: Queries, policy: PrunePolicy): Promise<readonly PrunableRun[]> {
  const rows = await queries.query(
    `select run.id, run.path, run.status, run.finished_at as "finishedAt" from run
     where run.pruned_at is null
       and run.finished_at < case when run.status in ('succeeded', 'cancelled') then $1::timestamptz else $2::timestamptz end
       and (select count(*) from (
         select 1 from run as newer
         where newer.owner = run.owner and newer.path = run.path and newer.id > run.id and newer.pruned_at is null
         limit $3
       ) as kept) >= $3
       and not exists (
         select 1 from attempt join record on record.attempt_id = attempt.id
         where attempt.run_id = run.id and record.manifest is not null
       )
     order by run.finished_at limit $4`,
    [policy.endedBefore, policy.failedBefore, policy.keepLatest, policy.limit],
  );
  return rows as unknown as readonly PrunableRun[];
}

/** What a tombstone is made from. */
export interface PrunedRecord {
  readonly runId: string;
  readonly owner: string;
  readonly path: string;
  readonly sourceHash: string;
  readonly createdAt: Date;
  readonly attemptId: string;
  readonly attempt: number;
  readonly status: AttemptStatus;
  readonly finishedAt: Date;
  readonly seq: number;
  /** Hash of the manifest that was there. */
  readonly sha256: string;
  readonly previousSha256: string | null;
}

/**
 * Lets a run go: its events and the list of its files in one transaction, with a
 * tombstone for each record. The files themselves go afterwards.
 *
 * @param tombstone - Gives the text of a tombstone. Pure.
 * @returns Whether it was there to go.
 */
export async function pruneRun(
  driver: Driver,
  runId: string,
  { now, tombstone }: { readonly now: Date; readonly tombstone: (record: PrunedRecord) => string },
): Promise<boolean> {
  return driver.tx(async (queries) => {
    const rows = await queries.query(
      "update run set pruned_at = $2 where id = $1 and pruned_at is null and finished_at is not null returning id",
      [runId, now],
    );
    if (rows.length === 0) return false;
    const records = await queries.query(
      `select record.seq, record.sha256, record.previous_sha256 as "previousSha256", attempt.id as "attemptId",
         attempt.number as attempt, attempt.status, attempt.finished_at as "finishedAt", run.id as "runId",
         run.owner, run.path, run.source_hash as "sourceHash", run.created_at as "createdAt"
       from record join attempt on attempt.id = record.attempt_id join run on run.id = attempt.run_id
       where run.id = $1 order by record.seq`,
      [runId],
    );
    for (const record of records as unknown as readonly PrunedRecord[]) {
      await queries.query("update record set tombstone = $2, manifest = null where seq = $1", [
        record.seq,
        tombstone(record),
      ]);
    }
    await queries.query("delete from event where run_id = $1", [runId]);
    await queries.query(
      "delete from record_file using attempt where attempt.id = record_file.attempt_id and attempt.run_id = $1",
      [runId],
    );
    return true;
  });
}

/** A record whose files have to go. */
export interface UnburiedRecord {
  readonly seq: number;
  readonly directory: string;
  readonly tombstone: string;
}

/** A page of the records whose files have to go, behind `after`. */
export async function unburiedRecords(
  queries: Queries,
  options: { readonly after: number; readonly limit: number },
): Promise<readonly UnburiedRecord[]> {
  const rows = await queries.query(
    `select seq, directory, tombstone from record
     where tombstone is not null and not is_buried and seq > $1 order by seq limit $2`,
    [options.after, options.limit],
  );
  return rows as unknown as readonly UnburiedRecord[];
}

/** Notes that the files of a record are gone and its tombstone is in their place. */
export async function noteBuried(queries: Queries, seq: number): Promise<void> {
  await queries.query("update record set is_buried = true where seq = $1", [seq]);
}
