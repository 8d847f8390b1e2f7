import type { Queries } from "../driver/driver.ts";
import type { StoredAttempt, StoredEvent } from "./run-row.ts";

/** What names the events of an attempt. */
type AttemptOfEvents = Pick<StoredAttempt, "id" | "runId" | "number">;

/**
 * The events of attempts that are over, in order, by the attempt's id: what the server knows
 * when the runner has handed nothing in. No more come for an attempt that is over.
 */
export async function eventsOfAttempts(
  queries: Queries,
  attempts: readonly AttemptOfEvents[],
): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
  const rows = await queries.query(EVENTS, [
    attempts.map(({ id }) => id),
    attempts.map(({ runId }) => runId),
    attempts.map(({ number }) => number),
  ]);
  const events = rows as unknown as readonly (StoredEvent & { readonly attemptId: string })[];
  const byAttempt = Map.groupBy(events, ({ attemptId }) => attemptId);
  return new Map([...byAttempt].map(([id, list]) => [id, list.map(({ attemptId: _id, ...event }) => event)]));
}

// Lateral and in order, so that it can only be done run by run, by the key: as a join it may be a scan of all events.
const EVENTS = `
  select given.id as "attemptId", told.*
  from unnest($1::uuid[], $2::uuid[], $3::int[]) as given (id, run_id, number)
  cross join lateral (
    select seq, attempt, at, kind, data from event
    where event.run_id = given.run_id and event.attempt = given.number order by seq
  ) as told`;
