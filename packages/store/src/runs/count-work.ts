import type { Queries } from "../driver/driver.ts";

/** How much there is to do, and who is there to do it. */
export interface Work {
  /** Runs that are not over, by status. */
  readonly runs: Readonly<Record<"queued" | "starting" | "running", number>>;
  /** Attempts that may be claimed now. */
  readonly ready: number;
  readonly runners: number;
}

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
  const [rest] = await queries.query(
    `select (select count(*)::int from ready where not_before <= $1) as ready,
       (select count(*)::int from runner where seen_at >= $2) as runners`,
    [now, runnersSince],
  );
  return { runs, ready: Number(rest?.["ready"]), runners: Number(rest?.["runners"]) };
}
