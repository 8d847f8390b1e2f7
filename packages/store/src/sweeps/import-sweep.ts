import type { Queries } from "../driver/driver.ts";
import { markTagsOfChildren } from "./mark-tags.ts";

/** A sweep that is over, as the record of its parent has it. JSON is text. */
export interface ImportedSweep {
  /** The parent. */
  readonly runId: string;
  readonly concurrency: number;
  readonly stopOnFailure: boolean;
  readonly childSettings: string;
  readonly finishedAt: Date;
  /** In order. */
  readonly children: readonly {
    /** Null where it was not started. */
    readonly runId: string | null;
    readonly isKept: boolean;
    readonly parameters: string;
    readonly metrics: string | null;
    readonly seconds: number | null;
  }[];
}

/**
 * Makes an imported run the parent of its sweep again, with its children as far as those are
 * there, within a transaction. What the database knows of the sweep stays, but that it is over.
 *
 * @param newId - Makes ids for the runs of children that were not started.
 */
export async function importSweep(
  queries: Queries,
  sweep: ImportedSweep,
  newId: () => string,
): Promise<void> {
  const { runId, children } = sweep;
  await queries.query("update run set is_sweep = true where id = $1", [runId]);
  const started = children.filter((child) => child.runId !== null);
  await queries.query(
    `insert into sweep (run_id, concurrency, stop_on_failure, child_settings, total, open_count, done_count,
         children_over_at, is_over)
       values ($1, $2, $3, $4, $5, 0, $6, $7, true)
       on conflict (run_id) do update set open_count = 0, done_count = excluded.done_count,
         children_over_at = coalesce(sweep.children_over_at, excluded.children_over_at), is_over = true`,
    [
      runId,
      sweep.concurrency,
      sweep.stopOnFailure,
      sweep.childSettings,
      children.length,
      started.length,
      sweep.finishedAt,
    ],
  );
  await queries.query(
    `insert into sweep_child (sweep_id, index, run_id, attempt_id, parameters, is_started, is_kept, metrics, seconds)
       select $1::uuid, position - 1, run_id, attempt_id, parameters, is_started = 1, is_kept = 1, metrics, seconds
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::int[], $7::text[], $8::float8[])
         with ordinality as given (run_id, attempt_id, parameters, is_started, is_kept, metrics, seconds, position)
       on conflict (sweep_id, index) do update set is_started = excluded.is_started,
         metrics = coalesce(sweep_child.metrics, excluded.metrics),
         seconds = coalesce(sweep_child.seconds, excluded.seconds)`,
    [
      runId,
      children.map((child) => child.runId ?? newId()),
      children.map(() => newId()),
      children.map(({ parameters }) => parameters),
      children.map((child) => (child.runId === null ? 0 : 1)),
      children.map(({ isKept }) => (isKept ? 1 : 0)),
      children.map(({ metrics }) => metrics),
      children.map(({ seconds }) => seconds),
    ],
  );
  // Those that an earlier sweep made belong to that one.
  const own = children.flatMap((child) => (child.runId === null || child.isKept ? [] : [child.runId]));
  await queries.query("update run set sweep_id = $1 where id = any($2::uuid[]) and sweep_id is null", [
    runId,
    own,
  ]);
  await markTagsOfChildren(queries, own);
  await queries.query(COUNT_ENDINGS, [runId]);
}

const COUNT_ENDINGS = `
  update sweep set failed_count = counted.failed, timed_out_count = counted.timed_out, lost_count = counted.lost,
    cancelled_count = counted.cancelled
  from (
    select count(*) filter (where run.status = 'failed') as failed,
      count(*) filter (where run.status = 'timed_out') as timed_out,
      count(*) filter (where run.status = 'lost') as lost,
      count(*) filter (where run.status = 'cancelled') as cancelled
    from sweep_child join run on run.id = sweep_child.run_id
    where sweep_child.sweep_id = $1 and sweep_child.is_started
  ) as counted
  where sweep.run_id = $1`;
