import type { Queries } from "../driver/driver.ts";
import { NOTHING_NEEDS_RUN } from "./may-go.ts";
import type { PrunableRun } from "./old-runs.ts";

/** Which runs may go because there are many newer ones of the same notebook. */
export interface SurplusPolicy {
  /** The newest runs of every notebook that stay. */
  readonly most: number;
  /** A run that did not succeed stays while it is among so many. */
  readonly mostFailed: number;
  /** What has ended since then stays however many there are. */
  readonly endedBefore: Date;
}

/** A place among notebooks. */
export interface NotebookPlace {
  readonly owner: string;
  readonly path: string;
}

/** Runs that may go, and where to look on; null at the end. */
export interface SurplusPage {
  readonly runs: readonly PrunableRun[];
  readonly next: NotebookPlace | null;
}

/**
 * Looks at some notebooks for runs that are too many. The children of sweeps are not counted.
 *
 * @param options.notebooks - How many notebooks are looked at.
 * @param options.limit - How many runs of each are found at most: look again when they have gone.
 */
export async function surplusRuns(
  queries: Queries,
  { most, mostFailed, endedBefore }: SurplusPolicy,
  options: { readonly after: NotebookPlace | null; readonly notebooks: number; readonly limit: number },
): Promise<SurplusPage> {
  const { after, notebooks, limit } = options;
  // Goes from one notebook to the next by the index, and looks at no run between.
  const places = (await queries.query(
    `with recursive notebook as (
       (select owner, path, 1 as number from run
        where pruned_at is null and sweep_id is null and (owner, path) > ($1, $2)
        order by owner, path limit 1)
       union all
       (select next.owner, next.path, notebook.number + 1 from notebook cross join lateral (
          select owner, path from run
          where pruned_at is null and sweep_id is null and (owner, path) > (notebook.owner, notebook.path)
          order by owner, path limit 1
        ) as next where notebook.number < $3)
     ) select owner, path from notebook order by number`,
    [after?.owner ?? "", after?.path ?? "", notebooks],
  )) as unknown as readonly NotebookPlace[];
  const runs: PrunableRun[] = [];
  for (const { owner, path } of places) {
    const rows = await queries.query(
      `select run.id, run.path, run.status, run.finished_at as "finishedAt" from run
       where run.owner = $1 and run.path = $2 and run.pruned_at is null and run.sweep_id is null
         and run.id <= (${NTH} offset $3 limit 1)
         and (run.status in ('succeeded', 'cancelled') or run.id <= (${NTH} offset $4 limit 1))
         and run.finished_at < $5 and ${NOTHING_NEEDS_RUN}
       order by run.id limit $6`,
      [owner, path, most, mostFailed, endedBefore, limit],
    );
    runs.push(...(rows as unknown as readonly PrunableRun[]));
  }
  return { runs, next: places.length < notebooks ? null : (places.at(-1) ?? null) };
}

/** The ids of a notebook's runs, newest first. */
const NTH = `select newer.id from run as newer
   where newer.owner = $1 and newer.path = $2 and newer.pruned_at is null and newer.sweep_id is null
   order by newer.id desc`;
