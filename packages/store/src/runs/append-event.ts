import type { Queries } from "../driver/driver.ts";

/** An event that is about to be stored. */
export interface NewEvent {
  readonly kind: string;
  readonly at: Date;
  /** JSON. */
  readonly data: string;
}

/** The channel that names a run whenever something happened in it. */
export const RUN_CHANNEL = "notemill_run";

/** The channel that is woken when an attempt may be claimed. */
export const READY_CHANNEL = "notemill_ready";

/**
 * Adds events behind those that the run has, and wakes who follows it.
 *
 * The run's row is locked by that until the transaction ends, so the order of
 * `seq` is the order of commits, and a reader that has seen one has seen all before.
 */
export async function appendRunEvents(
  queries: Queries,
  run: { readonly runId: string; readonly attempt: number },
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = await queries.query(
    "update run set event_seq = event_seq + $2 where id = $1 returning event_seq",
    [run.runId, events.length],
  );
  const first = Number(rows[0]?.["event_seq"]) - events.length + 1;
  await queries.query(
    `insert into event (run_id, seq, attempt, at, kind, data)
     select $1::uuid, $2::int + position - 1, $3::int, at, kind, data
     from unnest($4::timestamptz[], $5::text[], $6::text[]) with ordinality as given (at, kind, data, position)`,
    [
      run.runId,
      first,
      run.attempt,
      events.map(({ at }) => at.toISOString()),
      events.map(({ kind }) => kind),
      events.map(({ data }) => data),
    ],
  );
  await queries.query("select pg_notify($1, $2)", [RUN_CHANNEL, run.runId]);
}
