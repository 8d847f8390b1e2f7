import type { Queries } from "../driver/driver.ts";

/** The trigger that a run comes from, and the slot that it stands for. */
export interface TriggerOfRun {
  readonly id: string;
  readonly name: string;
  readonly slot: Date;
  /** Whether runs read what was promoted, and not the notebook as it is. */
  readonly isPromoted: boolean;
}

/** How far back to look through the runs that a run repeats. */
const MOST_REPEATS = 20;

/**
 * The trigger whose slot, or whose backfill, a run was made for; null where there is none or it is deleted.
 * A run that repeats another one, or goes on from it, is of the same, as are the runs of a sweep.
 */
export async function triggerOfRun(queries: Queries, runId: string): Promise<TriggerOfRun | null> {
  const rows = await queries.query(
    `with recursive line as (
       select id, coalesce(sweep_id, rerun_of) as next, 1 as step from run where id = $1
       union all
       select run.id, coalesce(run.sweep_id, run.rerun_of), step + 1 from line join run on run.id = line.next where step < $2
     ), slots as (
       select line.step, trigger_slot.trigger_id, trigger_slot.slot
       from line cross join lateral (select * from trigger_slot where run_id = line.id limit 1) as trigger_slot
       union all
       select line.step, backfill.trigger_id, backfill_slot.slot
       from line cross join lateral (select * from backfill_slot where run_id = line.id limit 1) as backfill_slot
         join backfill on backfill.id = backfill_slot.backfill_id
     )
     select trigger.id, trigger.name, slots.slot, trigger.source_hash is not null as "isPromoted"
     from slots join trigger on trigger.id = slots.trigger_id
     where trigger.deleted_at is null order by slots.step limit 1`,
    [runId, MOST_REPEATS],
  );
  return (rows[0] as unknown as TriggerOfRun | undefined) ?? null;
}
