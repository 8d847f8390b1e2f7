import type { Queries } from "../driver/driver.ts";
import {
  ATTEMPT_COLUMNS,
  RUN_COLUMNS,
  type StoredAttempt,
  type StoredEvent,
  type StoredRun,
  toAttempts,
  toRuns,
} from "../runs/run-row.ts";

/** What a trace of an attempt is made from. */
export interface AttemptTrace {
  readonly run: StoredRun;
  readonly attempt: StoredAttempt;
  readonly events: readonly StoredEvent[];
}

/** Reads an attempt that is over with those of its events that are of some kinds; null where it is gone. */
export async function attemptTrace(
  queries: Queries,
  attemptId: string,
  kinds: readonly string[],
): Promise<AttemptTrace | null> {
  const [attempt] = toAttempts(
    await queries.query(`select ${ATTEMPT_COLUMNS} from attempt where id = $1`, [attemptId]),
  );
  if (attempt === undefined) return null;
  const [run] = toRuns(await queries.query(`select ${RUN_COLUMNS} from run where id = $1`, [attempt.runId]));
  if (run === undefined) return null;
  const events = await queries.query(
    `select seq, attempt, at, kind, data from event
     where run_id = $1 and attempt = $2 and kind = any($3) order by seq`,
    [attempt.runId, attempt.number, kinds],
  );
  return { run, attempt, events: events as unknown as readonly StoredEvent[] };
}
