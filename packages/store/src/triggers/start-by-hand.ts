import type { Driver, Queries } from "../driver/driver.ts";
import { type NewRun, type Submitted, submitRunIn } from "../runs/submit-run.ts";
import type { Advancing } from "../workflows/held-workflow-run.ts";
import {
  type NewWorkflowRun,
  startWorkflowRunIn,
  type WorkflowRunStarted,
} from "../workflows/start-workflow-run.ts";
import type { StoredTrigger } from "./trigger-row.ts";

/** Starts a run of a trigger by hand, whatever else it has under way. @returns Null where there is no such trigger. */
export async function startByHand(
  driver: Driver,
  { id }: Pick<StoredTrigger, "id">,
  { run, ...place }: ByHand & { readonly run: NewRun },
): Promise<Submitted | null> {
  return startSlot(driver, id, { ...place, column: "run_id", now: run.now }, (queries) =>
    submitRunIn(queries, run),
  );
}

/** The same for a trigger that starts a workflow. */
export async function startWorkflowByHand(
  driver: Driver,
  { id }: Pick<StoredTrigger, "id">,
  { run, advancing, ...place }: ByHand & { readonly run: NewWorkflowRun; readonly advancing: Advancing },
): Promise<WorkflowRunStarted | null> {
  return startSlot(driver, id, { ...place, column: "workflow_run_id", now: run.now }, (queries) =>
    startWorkflowRunIn(queries, run, advancing),
  );
}

/** A start by hand, as if a slot were at that instant. */
export interface ByHand {
  readonly slotId: string;
  readonly slot: Date;
}

async function startSlot<Started extends { readonly kind: string; readonly run: { readonly id: string } }>(
  driver: Driver,
  triggerId: string,
  place: ByHand & { readonly column: "run_id" | "workflow_run_id"; readonly now: Date },
  start: (queries: Queries) => Promise<Started>,
): Promise<Started | null> {
  return driver.tx(async (queries) => {
    const found = await queries.query(
      "select id from trigger where id = $1 and deleted_at is null for share",
      [triggerId],
    );
    if (found.length === 0) return null;
    const started = await start(queries);
    if (started.kind !== "created") return started;
    await queries.query(
      `insert into trigger_slot (id, trigger_id, slot, is_by_hand, state, ${place.column}, created_at)
       values ($1, $2, $3, true, 'started', $4, $5)`,
      [place.slotId, triggerId, place.slot, started.run.id, place.now],
    );
    return started;
  });
}
