import type { Driver, Queries } from "../driver/driver.ts";
import { type NewRun, type Submitted, submitRunIn } from "../runs/submit-run.ts";
import { type NewSweep, submitSweepIn } from "../sweeps/submit-sweep.ts";
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
  return inTrigger(driver, id, async (queries) => {
    const submitted = await submitRunIn(queries, run);
    if (submitted.kind === "created") await writeSlot(queries, id, { ...place, run, column: "run_id" });
    return submitted;
  });
}

/** The same for a trigger that starts sweeps. @returns What became of the parent. */
export async function startSweepByHand(
  driver: Driver,
  { id }: Pick<StoredTrigger, "id">,
  { sweep, ...place }: ByHand & { readonly sweep: NewSweep },
): Promise<Submitted | null> {
  return inTrigger(driver, id, async (queries) => {
    const submitted = await submitSweepIn(queries, sweep);
    if (submitted.kind === "created")
      await writeSlot(queries, id, { ...place, run: sweep.run, column: "run_id" });
    return submitted;
  });
}

/** The same for a trigger that starts a workflow. */
export async function startWorkflowByHand(
  driver: Driver,
  { id }: Pick<StoredTrigger, "id">,
  { run, advancing, ...place }: ByHand & { readonly run: NewWorkflowRun; readonly advancing: Advancing },
): Promise<WorkflowRunStarted | null> {
  return inTrigger(driver, id, (queries) =>
    startWorkflowRunIn(queries, run, advancing, () =>
      writeSlot(queries, id, { ...place, run, column: "workflow_run_id" }),
    ),
  );
}

/** A start by hand, as if a slot were at that instant. */
export interface ByHand {
  readonly slotId: string;
  readonly slot: Date;
}

/** Starts something of a trigger that stays meanwhile. */
async function inTrigger<Started>(
  driver: Driver,
  triggerId: string,
  start: (queries: Queries) => Promise<Started>,
): Promise<Started | null> {
  return driver.tx(async (queries) => {
    const found = await queries.query(
      "select id from trigger where id = $1 and deleted_at is null for share",
      [triggerId],
    );
    return found.length === 0 ? null : start(queries);
  });
}

async function writeSlot(
  queries: Queries,
  triggerId: string,
  {
    slotId,
    slot,
    run,
    column,
  }: ByHand & {
    readonly run: { readonly id: string; readonly now: Date };
    readonly column: "run_id" | "workflow_run_id";
  },
): Promise<void> {
  await queries.query(
    `insert into trigger_slot (id, trigger_id, slot, is_by_hand, state, ${column}, created_at)
     values ($1, $2, $3, true, 'started', $4, $5)`,
    [slotId, triggerId, slot, run.id, run.now],
  );
}
