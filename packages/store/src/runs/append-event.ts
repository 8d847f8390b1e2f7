import type { Queries } from "../driver/driver.ts";

/** An event that is about to be stored. */
export interface NewEvent {
  readonly kind: string;
  readonly at: Date;
  /** JSON. */
  readonly data: string;
}

/** The channel that names runs, with a space between, whenever something happened in them. */
export const RUN_CHANNEL = "notemill_run";

/** A notification has less than 8000 bytes. */
const NAMED_TOGETHER = 200;

/** What is said on {@link RUN_CHANNEL} of several runs: each notification is work for everybody who listens. */
export function namesOfRuns(runIds: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (let first = 0; first < runIds.length; first += NAMED_TOGETHER)
    names.push(runIds.slice(first, first + NAMED_TOGETHER).join(" "));
  return names;
}

/** The channel that is woken when an attempt may be claimed. */
export const READY_CHANNEL = "notemill_ready";

/** Events of a run's attempt that are about to be stored. */
export interface NewRunEvents {
  readonly runId: string;
  readonly attempt: number;
  readonly events: readonly NewEvent[];
}

/** Adds events behind those that one run has; see {@link appendEventsOfRuns}. */
export async function appendRunEvents(
  queries: Queries,
  run: { readonly runId: string; readonly attempt: number },
  events: readonly NewEvent[],
): Promise<void> {
  await appendEventsOfRuns(queries, [{ ...run, events }]);
}

/**
 * Adds events behind those that runs have, each named once, and wakes who follows them.
 *
 * The rows of the runs are locked by that until the transaction ends, so the order of
 * `seq` is the order of commits, and a reader that has seen one has seen all before.
 */
export async function appendEventsOfRuns(queries: Queries, runs: readonly NewRunEvents[]): Promise<void> {
  const counted = runs.filter(({ events }) => events.length > 0);
  if (counted.length === 0) return;
  const events = counted.flatMap((run) =>
    run.events.map((event, index) => ({ ...event, ...run, position: index + 1 })),
  );
  await queries.query(APPEND, [
    counted.map(({ runId }) => runId),
    counted.map((run) => run.events.length),
    events.map(({ runId }) => runId),
    events.map(({ position }) => position),
    events.map(({ attempt }) => attempt),
    events.map(({ at }) => at.toISOString()),
    events.map(({ kind }) => kind),
    events.map(({ data }) => data),
    RUN_CHANNEL,
    namesOfRuns(counted.map(({ runId }) => runId)),
  ]);
}

// One statement: a run writes events many times, and each one asked is time that all others wait.
const APPEND = `
  with moved as (
    update run set event_seq = event_seq + counted.many
    from unnest($1::uuid[], $2::int[]) as counted (run_id, many) where run.id = counted.run_id
    returning run.id, event_seq - counted.many as before
  ), added as (
    insert into event (run_id, seq, attempt, at, kind, data)
    select moved.id, moved.before + position, attempt, at, kind, data
    from unnest($3::uuid[], $4::int[], $5::int[], $6::timestamptz[], $7::text[], $8::text[])
      as given (run_id, position, attempt, at, kind, data)
    join moved on moved.id = given.run_id
  )
  select count(pg_notify($9, names)) from unnest($10::text[]) as told (names)`;

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
    namesOfRuns([...new Set(events.map(({ runId }) => runId))]),
  ]);
}

const ADD_COUNTED = `
  with added as (
    insert into event (run_id, seq, attempt, at, kind, data)
    select * from unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::text[], $6::text[])
  )
  select count(pg_notify($7, names)) from unnest($8::text[]) as told (names)`;
