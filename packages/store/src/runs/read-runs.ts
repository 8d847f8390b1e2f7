import type { Queries } from "../driver/driver.ts";
import {
  ATTEMPT_COLUMNS,
  RUN_COLUMNS,
  type StoredAttempt,
  type StoredEvent,
  type StoredRun,
  toAttempts,
  toRuns,
} from "./run-row.ts";

/** Comes before every id. */
const NIL_ID = "00000000-0000-0000-0000-000000000000";

/** A page of the ids of runs that have not been pruned, oldest first. */
export async function runIdsAfter(
  queries: Queries,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await queries.query(
    "select id from run where id > $1 and pruned_at is null order by id limit $2",
    [after ?? NIL_ID, limit],
  );
  return rows.map(({ id }) => String(id));
}

/** One run, or null. */
export async function getRun(queries: Queries, id: string): Promise<StoredRun | null> {
  return toRuns(await queries.query(`select ${RUN_COLUMNS} from run where id = $1`, [id]))[0] ?? null;
}

/** The attempts of a run, first to last. */
export async function listAttempts(queries: Queries, runId: string): Promise<readonly StoredAttempt[]> {
  return toAttempts(
    await queries.query(`select ${ATTEMPT_COLUMNS} from attempt where run_id = $1 order by number`, [runId]),
  );
}

/** What the newest attempt of a run that is over recorded, as JSON by name; null where that is nothing. */
export async function scrapsOfRun(queries: Queries, runId: string): Promise<string | null> {
  const rows = await queries.query(
    "select scraps from attempt where run_id = $1 and finished_at is not null order by number desc limit 1",
    [runId],
  );
  return (rows[0]?.["scraps"] ?? null) as string | null;
}

/**
 * The events of a run behind `after`, in order: as many as `limit`, or fewer whose data have `bytes` or more
 * together. However large they are there is one, where there are any.
 *
 * @param options.bytes - Default: any number.
 */
export async function eventsSince(
  queries: Queries,
  runId: string,
  options: { readonly after: number; readonly limit: number; readonly bytes?: number },
): Promise<readonly StoredEvent[]> {
  const { after, limit, bytes = Number.MAX_SAFE_INTEGER } = options;
  const rows = await queries.query(EVENTS_SINCE, [runId, after, limit, bytes]);
  return rows as unknown as readonly StoredEvent[];
}

// The length in bytes is known without the text.
const EVENTS_SINCE = `
  select seq, attempt, at, kind, data from (
    select page.*, sum(octet_length(data)) over (order by seq) - octet_length(data) as before from (
      select seq, attempt, at, kind, data from event where run_id = $1 and seq > $2 order by seq limit $3
    ) as page
  ) as counted where before < $4 order by seq`;

/** The run of a notebook that was the last to succeed, or null. Sweeps are trials, and do not count. */
export async function latestSucceeded(queries: Queries, path: string): Promise<StoredRun | null> {
  const rows = await queries.query(
    `select ${RUN_COLUMNS} from run where path = $1 and status = 'succeeded' and pruned_at is null
       and not is_sweep and sweep_id is null
     order by finished_at desc, id desc limit 1`,
    [path],
  );
  return toRuns(rows)[0] ?? null;
}
