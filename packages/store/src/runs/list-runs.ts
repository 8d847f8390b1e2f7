import type { RunStatus } from "@notemill/schedules";
import type { Queries, SqlValue } from "../driver/driver.ts";
import { endsWith } from "../driver/id-end.ts";
import { whereOf } from "../driver/where.ts";
import { RUN_COLUMNS, type StoredRun, toRuns } from "./run-row.ts";

/** Options of {@link listRuns}: which runs, and which page of them. */
export interface ListRunsOptions {
  readonly status?: RunStatus | undefined;
  readonly tag?: string | undefined;
  readonly path?: string | undefined;
  readonly owner?: string | undefined;
  /** Only the children of this sweep. */
  readonly sweepId?: string | undefined;
  /**
   * Whether children of sweeps are among them. Without, a status that is a failure finds sweeps too of which a
   * child has ended so, whatever their own status is: none that failed is out of sight. Default true.
   */
  readonly hasChildren?: boolean | undefined;
  /** Only runs that were asked for then or later. */
  readonly since?: Date | undefined;
  /** No id of a run that is wanted is below this one; saves a look at all that are older. */
  readonly firstId?: string | undefined;
  /** What the id ends with: 8 to 12 digits. */
  readonly idEnd?: string | undefined;
  /** The id of the last run of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** What has become of the children of a sweep so far. */
export interface ChildrenTally {
  readonly total: number;
  readonly counts: Readonly<Record<"succeeded" | "failed" | "timed_out" | "lost" | "cancelled", number>>;
}

/** A run as a list has it. */
export interface ListedRun extends StoredRun {
  /** Null where it is no sweep. */
  readonly children: ChildrenTally | null;
}

/** One page of runs, newest first. A deep page costs what the first one does. */
export async function listRuns(queries: Queries, options: ListRunsOptions): Promise<readonly ListedRun[]> {
  const values: SqlValue[] = [options.limit];
  const page = selectRuns(values, options);
  const failures = selectSweepsWithFailures(values, options);
  const rows = await queries.query(
    failures === null
      ? page
      : `select distinct on (id) * from ((${page}) union all (${failures})) as found order by id desc limit $1`,
    values,
  );
  return rows.flatMap(({ tally, ...row }) =>
    toRuns([row]).map((run) => ({ ...run, children: tallyOf(tally as readonly number[] | null) })),
  );
}

function selectRuns(values: SqlValue[], options: ListRunsOptions): string {
  const { status, tag, path, owner, sweepId, since, idEnd, firstId, before, hasChildren = true } = options;
  const isByTag = tag !== undefined;
  const [from, id] = isByTag
    ? ["run_tag join run on run.id = run_tag.run_id", "run_tag.run_id"]
    : ["run", "run.id"];
  const where = whereOf(values, [
    ["run.status = ?", status],
    ["run.path = ?", path],
    ["run.owner = ?", owner],
    ["run.sweep_id = ?::uuid", sweepId],
    ["run.created_at >= ?", since],
    [endsWith("run"), idEnd],
    [`${id} >= ?::uuid`, firstId],
    [`${id} < ?::uuid`, before],
    [hasChildren ? "run_tag.tag = ?" : "run_tag.alone_tag = ?", tag],
    ...(hasChildren || isByTag ? [] : ["num_nulls(run.sweep_id) = 1"]),
  ]);
  return `select ${LISTED_COLUMNS} from ${from} ${where} order by ${id} desc limit $1`;
}

/** Where a sweep has how many of its children have ended in a status. */
const FAILURES: Readonly<Partial<Record<RunStatus, string>>> = {
  failed: "sweep.failed_count",
  timed_out: "sweep.timed_out_count",
  lost: "sweep.lost_count",
};

/** Sweeps that have children in the status that is wanted, whatever their own is; null where none is wanted. */
function selectSweepsWithFailures(values: SqlValue[], options: ListRunsOptions): string | null {
  const { status, tag, path, owner, sweepId, since, idEnd, firstId, before, hasChildren = true } = options;
  const count = status === undefined ? undefined : FAILURES[status];
  if (hasChildren || count === undefined || sweepId !== undefined) return null;
  const where = whereOf(values, [
    `${count} > 0`,
    ["run.path = ?", path],
    ["run.owner = ?", owner],
    ["run.created_at >= ?", since],
    [endsWith("run"), idEnd],
    ["sweep.run_id >= ?::uuid", firstId],
    ["sweep.run_id < ?::uuid", before],
    ["? = any(run.tags)", tag],
  ]);
  // There are far fewer sweeps than runs: with the offset no plan begins with the runs of a path or of an owner.
  return `select ${LISTED_COLUMNS}
    from sweep cross join lateral (select * from run where run.id = sweep.run_id offset 0) as run ${where}
    order by sweep.run_id desc limit $1`;
}

const LISTED_COLUMNS = `${RUN_COLUMNS}, case when run.is_sweep then (
    select array[total, done_count, failed_count, timed_out_count, lost_count, cancelled_count]
    from sweep where sweep.run_id = run.id
  ) end as tally`;

function tallyOf(tally: readonly number[] | null): ChildrenTally | null {
  if (tally === null) return null;
  const [total = 0, done = 0, failed = 0, timedOut = 0, lost = 0, cancelled = 0] = tally;
  const succeeded = done - failed - timedOut - lost - cancelled;
  return { total, counts: { succeeded, failed, timed_out: timedOut, lost, cancelled } };
}
