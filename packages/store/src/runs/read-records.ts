import type { Queries } from "../driver/driver.ts";
import type { StoredFile } from "./ending.ts";

/** A record's place in the chain. */
export interface StoredRecord {
  readonly seq: number;
  readonly attemptId: string;
  readonly runId: string;
  readonly attempt: number;
  readonly directory: string;
  readonly sha256: string;
  readonly previousSha256: string | null;
  /** Whether its manifest is still to be written. */
  readonly isPending: boolean;
  /** What stands in its place since it was pruned. */
  readonly tombstone: string | null;
  readonly createdAt: Date;
}

const RECORD_COLUMNS = `record.seq, record.attempt_id as "attemptId", attempt.run_id as "runId",
  attempt.number as attempt, record.directory, record.sha256, record.previous_sha256 as "previousSha256",
  record.manifest is not null or (record.tombstone is not null and not record.is_buried) as "isPending",
  record.tombstone, record.created_at as "createdAt"`;

/** A page of the chain behind `after`, in order; with `runId`, what belongs to that run. */
export async function listRecords(
  queries: Queries,
  options: { readonly after: number; readonly limit: number; readonly runId?: string },
): Promise<readonly StoredRecord[]> {
  const { after, limit, runId } = options;
  // A statement has one plan: those of one run are found by the run.
  const isOfRun = runId === undefined ? "" : "and attempt.run_id = $3";
  const rows = await queries.query(
    `select ${RECORD_COLUMNS} from record join attempt on attempt.id = record.attempt_id
     where record.seq > $1 ${isOfRun} order by record.seq limit $2`,
    runId === undefined ? [after, limit] : [after, limit, runId],
  );
  return rows as unknown as readonly StoredRecord[];
}

/** Hash of the newest record up to this place in the chain; null where there is none. */
export async function previousRecordHash(queries: Queries, seq: number): Promise<string | null> {
  const [row] = await queries.query("select sha256 from record where seq <= $1 order by seq desc limit 1", [
    seq,
  ]);
  return row === undefined ? null : String(row["sha256"]);
}

/** Whether an attempt is over, and where its record is. */
export interface RecordState {
  readonly runId: string;
  readonly number: number;
  readonly isOver: boolean;
  /** Null when there is no record yet. */
  readonly directory: string | null;
}

/** The attempts of some runs, and their records. */
export async function recordStates(
  queries: Queries,
  runIds: readonly string[],
): Promise<readonly RecordState[]> {
  const rows = await queries.query(
    `select attempt.run_id as "runId", attempt.number, attempt.finished_at is not null as "isOver", record.directory
     from attempt left join record on record.attempt_id = attempt.id where attempt.run_id = any($1::uuid[])`,
    [runIds],
  );
  return rows as unknown as readonly RecordState[];
}

/** A manifest that is in the chain and not yet known to be in its file. */
export interface UnwrittenManifest {
  readonly seq: number;
  readonly attemptId: string;
  readonly runId: string;
  /** Number of the attempt. */
  readonly number: number;
  readonly directory: string;
  readonly manifest: string;
}

/** A page of the manifests that have to be written, behind `after`, oldest first. */
export async function unwrittenManifests(
  queries: Queries,
  options: { readonly after: number; readonly limit: number },
): Promise<readonly UnwrittenManifest[]> {
  const rows = await queries.query(
    `select record.seq, record.attempt_id as "attemptId", attempt.run_id as "runId", attempt.number,
       record.directory, record.manifest
     from record join attempt on attempt.id = record.attempt_id
     where record.manifest is not null and record.seq > $1 order by record.seq limit $2`,
    [options.after, options.limit],
  );
  return rows as unknown as readonly UnwrittenManifest[];
}

/**
 * Notes that manifests are in their files. Several servers may have written the same one.
 *
 * @returns The attempts of which nobody had noted it before: each is given to one caller.
 */
export async function noteManifestsWritten(
  queries: Queries,
  seqs: readonly number[],
): Promise<readonly string[]> {
  const rows = await queries.query(
    `update record set manifest = null where seq = any($1::int[]) and manifest is not null
     returning attempt_id as "attemptId"`,
    [seqs],
  );
  return rows.map(({ attemptId }) => String(attemptId));
}

/** The files of an attempt that its manifest lists, with their hashes. */
export async function recordFiles(queries: Queries, attemptId: string): Promise<readonly StoredFile[]> {
  const rows = await queries.query(
    "select name, sha256, size::int as size from record_file where attempt_id = $1 order by name",
    [attemptId],
  );
  return rows as unknown as readonly StoredFile[];
}

/** The files of attempts that their manifests list, by the attempt's id. */
export async function filesOfAttempts(
  queries: Queries,
  attemptIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredFile[]>> {
  const rows = await queries.query(
    `select attempt_id as "attemptId", name, sha256, size::int as size from record_file
     where attempt_id = any($1::uuid[]) order by attempt_id, name`,
    [attemptIds],
  );
  const files = rows as unknown as readonly (StoredFile & { readonly attemptId: string })[];
  const byAttempt = Map.groupBy(files, ({ attemptId }) => attemptId);
  return new Map([...byAttempt].map(([id, list]) => [id, list.map(({ attemptId: _id, ...file }) => file)]));
}

/** The files of a run's newest attempt that has any, and where they are. */
export async function latestRecordFiles(
  queries: Queries,
  runId: string,
): Promise<{ readonly attempt: number; readonly files: readonly StoredFile[] } | null> {
  const rows = await queries.query(
    `select attempt.number, record_file.name, record_file.sha256, record_file.size::int as size
     from attempt join record_file on record_file.attempt_id = attempt.id
     where attempt.run_id = $1 and attempt.number = (
       select max(number) from attempt join record_file on attempt_id = id where run_id = $1
     ) order by record_file.name`,
    [runId],
  );
  const [first] = rows;
  if (first === undefined) return null;
  return { attempt: Number(first["number"]), files: rows as unknown as readonly StoredFile[] };
}
