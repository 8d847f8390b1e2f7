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
  await queries.query(APPEND, [
    run.runId,
    run.attempt,
    events.map(({ at }) => at.toISOString()),
    events.map(({ kind }) => kind),
    events.map(({ data }) => data),
    RUN_CHANNEL,
  ]);
}

// One statement: a run writes events many times, and each one asked is time that all others wait.
const APPEND = `
  with moved as (
    update run set event_seq = event_seq + cardinality($4::text[]) where id = $1::uuid
    returning event_seq - cardinality($4::text[]) as before
  ), added as (
    insert into event (run_id, seq, attempt, at, kind, data)
    select $1::uuid, moved.before + position, $2::int, at, kind, data
    from moved, unnest($3::timestamptz[], $4::text[], $5::text[]) with ordinality as given (at, kind, data, position)
  )
  select pg_notify($6, $1::uuid::text)`;

/**
 * Adds an event to each of several runs, whose `event_seq` the transaction has counted up by one already.
 */
export async function addCountedEvents(
  queries: Queries,
  events: readonly (NewEvent & { readonly runId: string; readonly attempt: number; readonly seq: number })[],
): Promise<void> {
  if (events.length === 0) return;
  await queries.query(ADD_COUNTED, [
    events.map(({ runId }) => runId),
    events.map(({ seq }) => seq),
    events.map(({ attempt }) => attempt),
    events.map(({ at }) => at.toISOString()),
    events.map(({ kind }) => kind),
    events.map(({ data }) => data),
    RUN_CHANNEL,
  ]);
}

const ADD_COUNTED = `
  with added as (
    insert into event (run_id, seq, attempt, at, kind, data)
    select * from unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::text[], $6::text[])
    returning run_id
  )
  select pg_notify($7, run_id::text) from added`;
