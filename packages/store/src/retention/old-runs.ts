import type { RunStatus } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { NOTHING_NEEDS_RUN } from "./may-go.ts";

/** Which runs may go by their age. */
export interface PrunePolicy {
  /** Runs that succeeded or were cancelled may go when they ended before this. */
  readonly endedBefore: Date;
  /** The others may, which somebody may still want to look into. */
  readonly failedBefore: Date;
  /** The newest runs of every notebook that stay however old they are. */
  readonly keepLatest: number;
}

/** A run that may go. */
export interface PrunableRun {
  readonly id: string;
  readonly path: string;
  readonly status: RunStatus;
  readonly finishedAt: Date;
}

/** A place among runs, by when they ended. */
export interface EndedPlace {
  readonly finishedAt: Date;
  readonly id: string;
}

/** Those of some runs that may go, and where to look on; null at the end. */
export interface PrunablePage {
  readonly runs: readonly PrunableRun[];
  readonly next: EndedPlace | null;
}

/**
 * Looks at some runs, oldest first, for those that may go by their age.
 *
 * @param options.count - How many are looked at, of which any number may go.
 */
export async function oldRuns(
  queries: Queries,
  { endedBefore, failedBefore, keepLatest }: PrunePolicy,
  { after, count }: { readonly after: EndedPlace | null; readonly count: number },
): Promise<PrunablePage> {
  const newest = endedBefore > failedBefore ? endedBefore : failedBefore;
  const rows = await queries.query(
    `with looked as (
       select id from run where pruned_at is null and finished_at < $6
         and (finished_at, id) > (coalesce($4::timestamptz, '-infinity'), coalesce($5::uuid, '00000000-0000-0000-0000-000000000000'))
       order by finished_at, id limit $7
     )
     select run.id, run.path, run.status, run.finished_at as "finishedAt", (
       run.finished_at < case when run.status in ('succeeded', 'cancelled') then $1::timestamptz else $2::timestamptz end
       and (run.sweep_id is not null or $3 <= (select count(*) from (
         select 1 from run as newer
         where newer.owner = run.owner and newer.path = run.path and newer.id > run.id and newer.pruned_at is null
           and newer.sweep_id is null
         limit $3
       ) as kept))
       and ${NOTHING_NEEDS_RUN}
     ) as "mayGo" from looked join run on run.id = looked.id order by run.finished_at, run.id`,
    [endedBefore, failedBefore, keepLatest, after?.finishedAt ?? null, after?.id ?? null, newest, count],
  );
  const looked = rows as unknown as readonly (PrunableRun & { readonly mayGo: boolean })[];
  const last = looked.at(-1);
  return {
    runs: looked.filter(({ mayGo }) => mayGo),
    next: looked.length < count || last === undefined ? null : { finishedAt: last.finishedAt, id: last.id },
  };
}
