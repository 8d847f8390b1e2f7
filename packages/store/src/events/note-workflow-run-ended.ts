import type { FinalStatus } from "@notemill/schedules";
import { postWorkflowRunEnded } from "../deliveries/post-notices.ts";
import type { Queries } from "../driver/driver.ts";
import { toTriggers, TRIGGER_COLUMNS } from "../triggers/trigger-row.ts";
import type { StoredWorkflowRun } from "../workflows/workflow-row.ts";
import { addEventSlotIn } from "./add-event-slot.ts";

/**
 * Puts what a workflow-run that has ended gives rise to into the outbox, and makes
 * the slots of triggers that follow the one that started it.
 */
export async function noteWorkflowRunEnded(
  queries: Queries,
  workflowRun: StoredWorkflowRun,
  { now, newId }: { readonly now: Date; readonly newId: () => string },
): Promise<void> {
  const { id, triggerId, status, finishedAt } = workflowRun;
  if (triggerId === null) {
    await postWorkflowRunEnded(queries, { ...workflowRun, slot: null }, now);
    return;
  }
  const [slot] = await queries.query(
    "select id, slot, depth from trigger_slot where trigger_id = $1 and workflow_run_id = $2",
    [triggerId, id],
  );
  const instant = (slot?.["slot"] ?? finishedAt ?? now) as Date;
  const place = { triggerId, slotId: slot === undefined ? id : String(slot["id"]), at: instant };
  await postWorkflowRunEnded(queries, { ...workflowRun, slot: place }, now);
  const followers = toTriggers(
    await queries.query(
      `select ${TRIGGER_COLUMNS} from trigger join trigger_follows on trigger_id = trigger.id
       where deleted_at is null and paused_at is null and upstream_id = $1 order by trigger.id`,
      [triggerId],
    ),
  );
  for (const follower of followers) {
    const { spec } = follower;
    if (spec.kind !== "after" || !spec.outcomes.includes(status as FinalStatus)) continue;
    const head = JSON.stringify({ workflow_run_id: id, status, schedule_id: triggerId });
    await addEventSlotIn(queries, {
      id: newId(),
      triggerId: follower.id,
      slot: instant,
      // A restart ends once more.
      key: `workflow-run:${id}/${workflowRun.sequence}`,
      body: `${head.slice(0, -1)},"parameters":${workflowRun.parameters}}`,
      depth: Number(slot?.["depth"] ?? 0) + 1,
      now,
    });
  }
}
