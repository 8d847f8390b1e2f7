import type { Queries } from "../driver/driver.ts";

/** Takes runs that have come to be children of a sweep out of the lists by their tags that have no children. */
export async function markTagsOfChildren(queries: Queries, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  await queries.query(
    `update run_tag set alone_tag = null from run
     where run.id = any($1::uuid[]) and run.sweep_id is not null
       and run_tag.tag = any(run.tags) and run_tag.run_id = run.id`,
    [runIds],
  );
}
