import type { Queries } from "../driver/driver.ts";
import { TRIGGER_CHANNEL } from "./add-event-slot.ts";

/** Notes that a run has ended, where triggers follow it; their slots are made by {@link followEnded}. */
export async function noteRunEnded(
  queries: Queries,
  { runId, path, now }: { readonly runId: string; readonly path: string; readonly now: Date },
): Promise<void> {
  const rows = await queries.query(
    `insert into run_ended (run_id, ended_at) select $1::uuid, $3::timestamptz
     where exists (select from trigger_follows where path = $2)
       or exists (
         select from trigger_slot join trigger_follows on upstream_id = trigger_slot.trigger_id
         where trigger_slot.run_id = $1
       )
     returning run_id`,
    [runId, path, now],
  );
  if (rows.length > 0) await queries.query("select pg_notify($1, '')", [TRIGGER_CHANNEL]);
}
