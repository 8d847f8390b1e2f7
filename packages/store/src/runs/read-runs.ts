import type { RunStatus } from "@notemill/schedules";
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

/** Options of {@link listRuns}. */
export interface ListRunsOptions {
  readonly status?: RunStatus;
  /** The id of the last run of the page before. */
  readonly before?: string;
  readonly limit: number;
}

/** One page of runs, newest first. A deep page costs what the first one does. */
export async function listRuns(queries: Queries, options: ListRunsOptions): Promise<readonly StoredRun[]> {
  const { status = null, before = null, limit } = options;
  const rows = await queries.query(
    `select ${RUN_COLUMNS} from run
     where ($1::text is null or status = $1) and ($2::uuid is null or id < $2)
     order by id desc limit $3`,
    [status, before, limit],
  );
  return toRuns(rows);
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

/** The events of a run behind `after`, in order. */
export async function eventsSince(
  queries: Queries,
  runId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly StoredEvent[]> {
  const rows = await queries.query(
    "select seq, attempt, at, kind, data from event where run_id = $1 and seq > $2 order by seq limit $3",
    [runId, after, limit],
  );
  return rows as unknown as readonly StoredEvent[];
}
