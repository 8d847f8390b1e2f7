import { FINAL_STATUSES, type RunStatus } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { type StoredChild, type StoredSweep, SWEEP_COLUMNS, toSweeps } from "./sweep-row.ts";

/** The sweep whose parent is this run, or null. */
export async function getSweep(queries: Queries, runId: string): Promise<StoredSweep | null> {
  const rows = await queries.query(`select ${SWEEP_COLUMNS} from sweep where run_id = $1`, [runId]);
  return toSweeps(rows)[0] ?? null;
}

/** A page of the ids of sweeps that are under way, behind `after`. */
export async function sweepsUnderWay(
  queries: Queries,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await queries.query(
    `select run_id as id from sweep where not is_over and ($1::uuid is null or run_id > $1::uuid)
     order by run_id limit $2`,
    [after, limit],
  );
  return rows.map(({ id }) => String(id));
}

const CHILD_COLUMNS = `sweep_child.index, sweep_child.parameters, run.id as "runId", run.status, run.attempt,
  sweep_child.is_kept as "isKept", sweep_child.metrics, sweep_child.seconds, run.failure`;

/** A page of the children of a sweep in order, behind the one at `after`. */
export async function listChildren(
  queries: Queries,
  sweepId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly StoredChild[]> {
  const rows = await queries.query(
    `select ${CHILD_COLUMNS} from sweep_child
     left join run on run.id = sweep_child.run_id and sweep_child.is_started
     where sweep_child.sweep_id = $1 and sweep_child.index > $2 order by sweep_child.index limit $3`,
    [sweepId, after, limit],
  );
  return rows as unknown as readonly StoredChild[];
}

/** The first child of a sweep that has ended otherwise than well; null where there is none. */
export async function firstFailedChild(queries: Queries, sweepId: string): Promise<StoredChild | null> {
  const rows = await queries.query(
    `select ${CHILD_COLUMNS} from sweep_child join run on run.id = sweep_child.run_id
     where sweep_child.sweep_id = $1 and sweep_child.is_started and run.status = any($2::text[])
     order by sweep_child.index limit 1`,
    [sweepId, FINAL_STATUSES.filter((status) => status !== "succeeded" && status !== "cancelled")],
  );
  return (rows[0] as unknown as StoredChild | undefined) ?? null;
}

/** How many children are in each status; those that were not started are not counted. */
export async function countChildren(
  queries: Queries,
  sweepId: string,
): Promise<Readonly<Partial<Record<RunStatus, number>>>> {
  const rows = await queries.query(
    `select run.status, count(*)::int as count from sweep_child join run on run.id = sweep_child.run_id
     where sweep_child.sweep_id = $1 and sweep_child.is_started group by run.status order by run.status`,
    [sweepId],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [String(status), Number(count)]));
}

/** The next children that are over and whose notebooks nobody has looked at. */
export async function unmeasuredChildren(
  queries: Queries,
  sweepId: string,
  limit: number,
): Promise<readonly StoredChild[]> {
  const rows = await queries.query(
    `select ${CHILD_COLUMNS} from sweep_child join run on run.id = sweep_child.run_id
     where sweep_child.sweep_id = $1 and sweep_child.is_started and sweep_child.metrics is null
       and run.status = any($2::text[])
     order by sweep_child.index limit $3`,
    [sweepId, [...FINAL_STATUSES], limit],
  );
  return rows as unknown as readonly StoredChild[];
}

/** Notes what the notebook of a child recorded. */
export async function noteMetrics(
  queries: Queries,
  child: {
    readonly sweepId: string;
    readonly index: number;
    readonly metrics: string;
    readonly seconds: number | null;
  },
): Promise<void> {
  await queries.query(
    "update sweep_child set metrics = $3, seconds = $4 where sweep_id = $1 and index = $2",
    [child.sweepId, child.index, child.metrics, child.seconds],
  );
}

/** The children that are to be cancelled now: those under way of a sweep that is to end. */
export async function childrenToCancel(queries: Queries, sweepId: string): Promise<readonly string[]> {
  const rows = await queries.query(
    `select run.id from run join sweep on sweep.run_id = run.sweep_id join run as parent on parent.id = sweep.run_id
     where sweep.run_id = $1 and run.finished_at is null and run.cancel_requested_at is null
       and (sweep.stopped_at is not null or parent.cancel_requested_at is not null)
     order by run.id`,
    [sweepId],
  );
  return rows.map(({ id }) => String(id));
}
