import type { Queries } from "../driver/driver.ts";
import type { StoredAttempt, StoredEvent } from "./run-row.ts";

/** What names the events of an attempt. */
export type AttemptOfEvents = Pick<StoredAttempt, "id" | "runId" | "number">;

/** Some events of an attempt, in order. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** Whether there are no more behind them. */
  readonly isWhole: boolean;
}

/** How much is read at once of an attempt, whose events together may be longer than a text can be. */
export interface PageSize {
  /** A page ends behind the event with which it has more bytes. Default 4 MiB. */
  readonly pageBytes?: number;
}

const PAGE_BYTES = 4 * 2 ** 20;
const PAGE_EVENTS = 10_000;

/**
 * The first page of the events of each of some attempts that are over, by the attempt's id: what the server knows
 * when the runner has handed nothing in. No more come for an attempt that is over.
 */
export async function eventsOfAttempts(
  queries: Queries,
  attempts: readonly AttemptOfEvents[],
  size: PageSize = {},
): Promise<ReadonlyMap<string, EventPage>> {
  return readPages(
    queries,
    attempts.map((attempt) => ({ ...attempt, after: 0 })),
    size,
  );
}

/** All events of an attempt page by page. @param first - The first page, where it is known. */
export async function* eventPages(
  queries: Queries,
  attempt: AttemptOfEvents,
  first: EventPage | undefined,
  size: PageSize = {},
): AsyncGenerator<readonly StoredEvent[]> {
  let page = first ?? NO_EVENTS;
  yield page.events;
  while (!page.isWhole) {
    const after = page.events.at(-1)?.seq ?? 0;
    page = (await readPages(queries, [{ ...attempt, after }], size)).get(attempt.id) ?? NO_EVENTS;
    yield page.events;
  }
}

const NO_EVENTS: EventPage = { events: [], isWhole: true };

async function readPages(
  queries: Queries,
  attempts: readonly (AttemptOfEvents & { readonly after: number })[],
  { pageBytes = PAGE_BYTES }: PageSize,
): Promise<ReadonlyMap<string, EventPage>> {
  const rows = await queries.query(EVENTS, [
    attempts.map(({ id }) => id),
    attempts.map(({ runId }) => runId),
    attempts.map(({ number }) => number),
    attempts.map(({ after }) => after),
    pageBytes,
    PAGE_EVENTS,
  ]);
  const told = rows as unknown as readonly ToldEvent[];
  const pages = [...Map.groupBy(told, ({ attemptId }) => attemptId)].map(
    ([id, list]): [string, EventPage] => {
      const events = list.map(({ attemptId: _id, isFull: _isFull, ...event }) => event);
      const isWhole = list.length < PAGE_EVENTS && list.at(-1)?.isFull !== true;
      return [id, { events, isWhole }];
    },
  );
  return new Map(pages);
}

type ToldEvent = StoredEvent & { readonly attemptId: string; readonly isFull: boolean };

// Lateral and in order, so that it can only be done run by run, by the key: as a join it may be a scan of all events.
const EVENTS = `
  select given.id as "attemptId", told.*
  from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) as given (id, run_id, number, after)
  cross join lateral (
    select seq, attempt, at, kind, data, bytes > $5::bigint as "isFull" from (
      select *, sum(octet_length(data)) over (order by seq) as bytes from (
        select seq, attempt, at, kind, data from event
        where event.run_id = given.run_id and event.seq > given.after and event.attempt = given.number
        order by seq limit $6
      ) as next
    ) as summed
    where bytes - octet_length(data) <= $5::bigint order by seq
  ) as told`;
