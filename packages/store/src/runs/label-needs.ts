import type { RunSettings } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";

/** The labels that a runner has to have for a run, as one text; empty where it needs none. */
export function needsOf({ labels = [] }: Pick<RunSettings, "labels">): string {
  return [...new Set(labels)].sort().join(" ");
}

/** The labels in the text that {@link needsOf} makes. */
export function labelsIn(needs: string): readonly string[] {
  return needs === "" ? [] : needs.split(" ");
}

/** The sets of labels that something in the queue needs: by one look at an index for each. */
export async function queuedNeeds(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.query(
    `with recursive kind as (
       (select needs from ready order by needs limit 1)
       union all
       select (select ready.needs from ready where ready.needs > kind.needs order by ready.needs limit 1)
       from kind where kind.needs is not null
     )
     select needs from kind where needs is not null`,
  );
  return rows.map(({ needs }) => String(needs));
}

/** How many runners that were heard of lately have all of these labels. */
export async function countAbleRunners(
  queries: Queries,
  { labels, runnersSince }: { readonly labels: readonly string[]; readonly runnersSince: Date },
): Promise<number> {
  const [row] = await queries.query(
    "select count(*)::int as count from runner where seen_at >= $1 and left_at is null and labels @> $2::text[]",
    [runnersSince, labels],
  );
  return Number(row?.["count"]);
}

/** The sets of labels that something in the queue needs and no runner has that was heard of lately. */
export async function strandedNeeds(
  queries: Queries,
  { runnersSince }: { readonly runnersSince: Date },
): Promise<readonly string[]> {
  const stranded: string[] = [];
  for (const needs of await queuedNeeds(queries))
    if ((await countAbleRunners(queries, { labels: labelsIn(needs), runnersSince })) === 0)
      stranded.push(needs);
  return stranded;
}
