import type { Queries } from "../driver/driver.ts";
import type { StoredFile } from "./finish-attempt.ts";

/** A record's place in the chain. */
export interface StoredRecord {
  readonly seq: number;
  readonly attemptId: string;
  readonly runId: string;
  readonly attempt: number;
  readonly directory: string;
  readonly sha256: string;
  readonly previousSha256: string | null;
}

const RECORD_COLUMNS = `record.seq, record.attempt_id as "attemptId", attempt.run_id as "runId",
  attempt.number as attempt, record.directory, record.sha256, record.previous_sha256 as "previousSha256"`;

/** A page of the chain behind `after`, in order; with `runId`, what belongs to that run. */
export async function listRecords(
  queries: Queries,
  options: { readonly after: number; readonly limit: number; readonly runId?: string },
): Promise<readonly StoredRecord[]> {
  const rows = await queries.query(
    `select ${RECORD_COLUMNS} from record join attempt on attempt.id = record.attempt_id
     where record.seq > $1 and ($3::uuid is null or attempt.run_id = $3) order by record.seq limit $2`,
    [options.after, options.limit, options.runId ?? null],
  );
  return rows as unknown as readonly StoredRecord[];
}

/** A manifest that is in the chain and not yet known to be in its file. */
export interface UnwrittenManifest {
  readonly seq: number;
  readonly directory: string;
  readonly manifest: string;
}

/** The manifests that have to be written, oldest first. */
export async function unwrittenManifests(queries: Queries): Promise<readonly UnwrittenManifest[]> {
  const rows = await queries.query(
    "select seq, directory, manifest from record where manifest is not null order by seq limit 100",
  );
  return rows as unknown as readonly UnwrittenManifest[];
}

/** Notes that a manifest is in its file. */
export async function noteManifestWritten(queries: Queries, seq: number): Promise<void> {
  await queries.query("update record set manifest = null where seq = $1", [seq]);
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
