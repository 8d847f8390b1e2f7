import type { AttemptStatus } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { NOTHING_NEEDS_RUN } from "./may-go.ts";

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
 * tombstone for each record. The files themselves go afterwards. One that something else
 * needs stays.
 *
 * @param tombstone - Gives the text of a tombstone. Pure.
 * @returns Whether it has gone.
 */
export async function pruneRun(
  driver: Driver,
  runId: string,
  { now, tombstone }: { readonly now: Date; readonly tombstone: (record: PrunedRecord) => string },
): Promise<boolean> {
  return driver.tx(async (queries) => {
    const rows = await queries.query(
      `update run set pruned_at = $2 where id = $1 and pruned_at is null and finished_at is not null
         and ${NOTHING_NEEDS_RUN} returning is_sweep as "isSweep"`,
      [runId, now],
    );
    if (rows.length === 0) return false;
    if (rows[0]?.["isSweep"] === true)
      await queries.query("update sweep set children_go = true where run_id = $1", [runId]);
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
