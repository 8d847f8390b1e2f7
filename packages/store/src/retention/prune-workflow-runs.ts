import type { Driver, Queries } from "../driver/driver.ts";
import type { EndedPlace } from "./old-runs.ts";

/** Those of some workflow-runs that may go, and where to look on; null at the end. */
export interface PrunableWorkflowRuns {
  readonly ids: readonly string[];
  readonly next: EndedPlace | null;
}

const NO_RUN_IS_KEPT = `not exists (
     select from workflow_task join run on run.id = workflow_task.run_id
     where workflow_task.workflow_run_id = workflow_run.id and run.pruned_at is null
   )`;

/**
 * Looks at some workflow-runs, oldest first, for those that may go: they ended long ago, and none of their runs
 * is kept.
 */
export async function oldWorkflowRuns(
  queries: Queries,
  { endedBefore, failedBefore }: { readonly endedBefore: Date; readonly failedBefore: Date },
  { after, count }: { readonly after: EndedPlace | null; readonly count: number },
): Promise<PrunableWorkflowRuns> {
  const newest = endedBefore > failedBefore ? endedBefore : failedBefore;
  const rows = (await queries.query(
    `with looked as (
       select id from workflow_run
       where finished_at < $5 and (pruned_at is null or pruned_at < finished_at)
         and (finished_at, id) > (coalesce($3::timestamptz, '-infinity'), coalesce($4::uuid, '00000000-0000-0000-0000-000000000000'))
       order by finished_at, id limit $6
     )
     select workflow_run.id, finished_at as "finishedAt", (
       finished_at < case when status in ('succeeded', 'cancelled') then $1::timestamptz else $2::timestamptz end
       and ${NO_RUN_IS_KEPT}
     ) as "mayGo" from looked join workflow_run on workflow_run.id = looked.id order by finished_at, id`,
    [endedBefore, failedBefore, after?.finishedAt ?? null, after?.id ?? null, newest, count],
  )) as unknown as readonly (EndedPlace & { readonly mayGo: boolean })[];
  const last = rows.at(-1);
  return {
    ids: rows.filter(({ mayGo }) => mayGo).map(({ id }) => id),
    next: rows.length < count || last === undefined ? null : { finishedAt: last.finishedAt, id: last.id },
  };
}

/**
 * Lets the events of a workflow-run go that is over. What it was, how it ended, and which runs it had stays.
 *
 * @returns Whether they have gone.
 */
export async function pruneWorkflowRun(driver: Driver, id: string, now: Date): Promise<boolean> {
  return driver.tx(async (queries) => {
    const rows = await queries.query(
      `update workflow_run set pruned_at = $2
       where id = $1 and finished_at is not null and (pruned_at is null or pruned_at < finished_at)
         and status not in ('queued', 'running') and ${NO_RUN_IS_KEPT} returning id`,
      [id, now],
    );
    if (rows.length === 0) return false;
    await queries.query("delete from workflow_event where workflow_run_id = $1", [id]);
    return true;
  });
}
