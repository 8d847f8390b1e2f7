import type { FinalStatus } from "@notemill/schedules";
import type { Driver, Queries, Row } from "../driver/driver.ts";
import { toTriggers, TRIGGER_COLUMNS } from "../triggers/trigger-row.ts";
import { addEventSlotIn } from "./add-event-slot.ts";

/**
 * Makes the slots of the triggers that follow one run that has ended.
 *
 * Any number of servers may try; each run is followed once.
 *
 * @returns Whether there was one.
 */
export async function followEnded(
  driver: Driver,
  { now, newId }: { readonly now: Date; readonly newId: () => string },
): Promise<boolean> {
  return driver.tx(async (queries) => {
    const [ended] = await queries.query(
      "select run_id from run_ended order by run_id limit 1 for update skip locked",
    );
    if (ended === undefined) return false;
    const runId = String(ended["run_id"]);
    const upstream = await readUpstream(queries, runId);
    const followers = toTriggers(
      await queries.query(
        `select ${TRIGGER_COLUMNS} from trigger join trigger_follows on trigger_id = trigger.id
         where deleted_at is null and paused_at is null
           and (trigger_follows.path = $1 or trigger_follows.upstream_id = $2)
         order by trigger.id`,
        [String(upstream["path"]), (upstream["trigger_id"] ?? null) as string | null],
      ),
    );
    for (const { id, spec } of followers) {
      if (spec.kind !== "after" || !spec.outcomes.includes(upstream["status"] as FinalStatus)) continue;
      await addEventSlotIn(queries, {
        id: newId(),
        triggerId: id,
        // What follows a slot stands for the same instant.
        slot: (upstream["slot"] ?? upstream["finished_at"]) as Date,
        key: `run:${runId}`,
        body: bodyOf(runId, upstream),
        depth: Number(upstream["depth"] ?? 0) + 1,
        now,
      });
    }
    await queries.query("delete from run_ended where run_id = $1", [runId]);
    return true;
  });
}

async function readUpstream(queries: Queries, runId: string): Promise<Row> {
  const [run] = await queries.query(
    `select run.path, run.status, run.parameters, run.finished_at, trigger_slot.slot, trigger_slot.trigger_id,
       coalesce(trigger_slot.depth, (
         select of_workflow.depth from trigger_slot as of_workflow
         where of_workflow.workflow_run_id = run.workflow_run_id limit 1
       )) as depth
     from run left join trigger_slot on trigger_slot.run_id = run.id where run.id = $1`,
    [runId],
  );
  if (run === undefined) throw new Error(`the run "${runId}" is not in the database`);
  return run;
}

/** What followers see as `trigger.body`. */
function bodyOf(runId: string, run: Row): string {
  const head = JSON.stringify({
    run_id: runId,
    path: run["path"],
    status: run["status"],
    schedule_id: run["trigger_id"] ?? null,
  });
  // The parameters are JSON already.
  return `${head.slice(0, -1)},"parameters":${String(run["parameters"])}}`;
}
