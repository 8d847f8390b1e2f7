import type { Queries } from "../driver/driver.ts";
import { labelsIn, strandedNeeds } from "./label-needs.ts";

/** How much there is to do, and who is there to do it. */
export interface Work {
  /** Runs that are not over, by status. */
  readonly runs: Readonly<Record<"queued" | "starting" | "running", number>>;
  /** Attempts that may be claimed now. */
  readonly ready: number;
  /** How many of those no runner can take that was heard of lately, by the labels that they need. */
  readonly stranded: readonly { readonly labels: readonly string[]; readonly count: number }[];
  readonly runners: number;
  /** Messages that are to be sent, and that were given up. */
  readonly outbox: { readonly waiting: number; readonly givenUp: number };
  /** Triggers that should have been fired a while ago, or could not be. */
  readonly overdue: number;
}

/** How long after it was due a trigger counts as overdue, in milliseconds. */
const OVERDUE_MS = 5000;

/** Counts what is under way; what is over costs nothing. */
export async function countWork(
  queries: Queries,
  { now, runnersSince }: { readonly now: Date; readonly runnersSince: Date },
): Promise<Work> {
  const runs = { queued: 0, starting: 0, running: 0 };
  const counts = await queries.query(
    "select status, count(*)::int as count from run where status in ('queued', 'starting', 'running') group by status",
  );
  for (const { status, count } of counts) runs[status as keyof typeof runs] = Number(count);
  const stranded = await queries.query(
    `select needs, count(*)::int as count from ready where needs = any($1::text[]) and not_before <= $2
     group by needs order by needs`,
    [await strandedNeeds(queries, { runnersSince }), now],
  );
  const [rest] = await queries.query(
    `select (select count(*)::int from ready where not_before <= $1) as ready,
       (select count(*)::int from runner where seen_at >= $2 and left_at is null) as runners,
       (select count(*)::int from outbox where state = 'waiting') as waiting,
       (select count(*)::int from outbox where state = 'given_up') as given_up,
       (select count(*)::int from trigger where next_fire_at < $3)
         + (select count(*)::int from trigger where stall is not null and next_fire_at >= $3) as overdue`,
    [now, runnersSince, new Date(now.getTime() - OVERDUE_MS)],
  );
  return {
    runs,
    ready: Number(rest?.["ready"]),
    stranded: stranded.map(({ needs, count }) => ({
      labels: labelsIn(String(needs)),
      count: Number(count),
    })),
    runners: Number(rest?.["runners"]),
    outbox: { waiting: Number(rest?.["waiting"]), givenUp: Number(rest?.["given_up"]) },
    overdue: Number(rest?.["overdue"]),
  };
}
