import type { Queries } from "../driver/driver.ts";
import { RUN_COLUMNS, type StoredRun, toRuns } from "./run-row.ts";

/** A runner, and how much it has to do. */
export interface RunnerState {
  readonly id: string;
  readonly name: string;
  readonly slots: number;
  readonly version: string;
  readonly seenAt: Date;
  /** When it said that it ends; null for one that did not. */
  readonly leftAt: Date | null;
  /** Attempts that it has now. */
  readonly busy: number;
}

/** A kernel that is kept, and the run that it is of. */
export interface KeptKernelOfRun {
  readonly runId: string;
  readonly path: string;
  readonly until: Date;
}

/** A run that is not over, and how long such runs take. */
export interface RunUnderWay {
  readonly run: StoredRun;
  /** The mean of the last runs of the notebook that succeeded, in seconds; null where there are none. */
  readonly usualSeconds: number | null;
}

/** How many runs of a notebook say how long it usually takes. */
const USUAL_OF = 10;

/** Runners that were heard of since then, the newest first. */
export async function listRunners(queries: Queries, since: Date): Promise<readonly RunnerState[]> {
  const rows = await queries.query(
    `select id, name, slots, version, seen_at as "seenAt", left_at as "leftAt",
       (select count(*)::int from attempt where attempt.runner_id = runner.id and lease_until is not null) as busy
     from runner where seen_at >= $1 order by seen_at desc, id limit 200`,
    [since],
  );
  return rows as unknown as readonly RunnerState[];
}

/** The kernels that are kept, the one that ends first in front. */
export async function listKeptKernels(queries: Queries, now: Date): Promise<readonly KeptKernelOfRun[]> {
  const rows = await queries.query(
    `select attempt.run_id as "runId", run.path, attempt.kernel_until as until
     from attempt join run on run.id = attempt.run_id
     where attempt.kernel_until > $1 and not attempt.kernel_unwanted
     order by attempt.kernel_until limit 200`,
    [now],
  );
  return rows as unknown as readonly KeptKernelOfRun[];
}

/**
 * The runs of these statuses that were asked for first, parents of sweeps left out.
 *
 * The statuses that there are stand in the statement too: a plan that is kept knows then that they are rare,
 * and does not look for them among all runs in their order.
 */
export async function listUnderWay(
  queries: Queries,
  {
    statuses,
    limit,
  }: { readonly statuses: readonly ("queued" | "starting" | "running")[]; readonly limit: number },
): Promise<readonly RunUnderWay[]> {
  const rows = await queries.query(
    `select ${RUN_COLUMNS}, (
       select avg(extract(epoch from finished_at - started_at))::float8 from (
         select earlier.finished_at, earlier.started_at from run earlier
         where earlier.path = run.path and earlier.status = 'succeeded' and earlier.started_at is not null
         order by earlier.finished_at desc, earlier.id desc limit ${USUAL_OF}
       ) usual
     ) as usual
     from run where run.status in ('queued', 'starting', 'running') and run.status = any($1::text[])
       and not run.is_sweep order by run.id limit $2`,
    [statuses, limit],
  );
  return toRuns(rows).map((run, at) => ({
    run,
    usualSeconds: (rows[at]?.["usual"] ?? null) as number | null,
  }));
}

/** What the runners told of the surroundings of the newest attempts that are over, as JSON. */
export async function newestFacts(queries: Queries, limit: number): Promise<readonly string[]> {
  const rows = await queries.query(
    "select facts from attempt where facts is not null and finished_at is not null order by id desc limit $1",
    [limit],
  );
  return rows.map(({ facts }) => String(facts));
}

/**
 * {@link newestFacts} of the runs of one notebook. Attempts that were ended because they took more memory
 * than they might are left out: nobody knows what they would have taken.
 */
export async function newestFactsOf(
  queries: Queries,
  path: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await queries.query(
    `select told.facts from (select id from run where path = $1 order by id desc limit $2) as newest
     cross join lateral (
       select facts from attempt where attempt.run_id = newest.id and facts is not null and finished_at is not null
         and (failure is null or failure not like '%"MEMORY_EXCEEDED"%')
       order by number desc limit ${MOST_TRIES}
     ) as told`,
    [path, limit],
  );
  return rows.map(({ facts }) => String(facts));
}

/** So many attempts of a run tell of it. */
const MOST_TRIES = 5;

/** Since when the attempt waits that has waited longest of those that may be claimed; null where none does. */
export async function oldestReadyAt(queries: Queries, now: Date): Promise<Date | null> {
  const rows = await queries.query("select min(not_before) as at from ready where not_before <= $1", [now]);
  return (rows[0]?.["at"] ?? null) as Date | null;
}

/** How large the database is, in bytes. */
export async function databaseBytes(queries: Queries): Promise<number> {
  const rows = await queries.query("select pg_database_size(current_database())::float8 as bytes", []);
  return Number(rows[0]?.["bytes"]);
}
