import { FINAL_STATUSES } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { submitRunIn } from "../runs/submit-run.ts";
import { submitSweepIn } from "../sweeps/submit-sweep.ts";
import { idOf, type StartedSlot } from "../triggers/admit-slots.ts";
import { startWorkflowRunIn } from "../workflows/start-workflow-run.ts";
import { BACKFILL_COLUMNS, type BackfillSlot, type StoredBackfill, toBackfills } from "./backfill-row.ts";

/** Options of {@link advanceBackfill}. */
export interface AdvanceBackfillOptions {
  readonly now: Date;
  /** Makes the run, sweep or workflow-run of a slot. Pure: the transaction waits for it. */
  readonly runOf: (backfill: StoredBackfill, slot: OpenSlot) => StartedSlot;
}

/** A slot that is not over. */
export interface OpenSlot extends Omit<BackfillSlot, "runStatus"> {
  /** What its workflow-run is started with, as JSON; null for a run. */
  readonly occasion: string | null;
}

/** What {@link advanceBackfill} did. */
export interface AdvancedBackfill {
  /** Runs, parents of sweeps, or workflow-runs. */
  readonly started: readonly string[];
  /** Runs that have to end with it. Cancel them; they are named again until they are over. */
  readonly toCancel: readonly string[];
  /** Workflow-runs likewise. */
  readonly workflowRunsToCancel: readonly string[];
  /** Whether all its runs have ended. */
  readonly isOver: boolean;
}

/** The ids of the backfills that are not over, oldest first. */
export async function openBackfills(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.query("select id from backfill where finished_at is null order by id");
  return rows.map(({ id }) => String(id));
}

/**
 * Goes on with a backfill in one transaction: notes which of its runs have ended,
 * starts as many as may start, oldest slot first, and ends it behind the last one.
 *
 * Any number of servers may try; one does it, the others get null.
 */
export async function advanceBackfill(
  driver: Driver,
  id: string,
  { now, runOf }: AdvanceBackfillOptions,
): Promise<AdvancedBackfill | null> {
  return driver.tx(async (queries) => {
    const [backfill] = toBackfills(
      await queries.query(
        `select ${BACKFILL_COLUMNS} from backfill where id = $1 and finished_at is null for update skip locked`,
        [id],
      ),
    );
    if (backfill === undefined) return null;
    await queries.query(
      `update backfill_slot set state = 'over' where backfill_id = $1 and state = 'started' and (
         (select run.status from run where run.id = run_id) = any($2)
         or (select workflow_run.status from workflow_run where workflow_run.id = backfill_slot.workflow_run_id) = any($2)
       )`,
      [id, FINAL_STATUSES],
    );
    if (backfill.cancelledAt !== null) {
      await queries.query(
        "update backfill_slot set state = 'cancelled' where backfill_id = $1 and state = 'waiting'",
        [id],
      );
    }
    const open = await openSlots(queries, id);
    const live = open.filter(({ state }) => state === "started");
    const mayStart = backfill.pausedAt === null ? Math.max(0, backfill.concurrency - live.length) : 0;
    const started: string[] = [];
    for (const slot of open.filter(({ state }) => state === "waiting").slice(0, mayStart)) {
      const made = runOf(backfill, slot);
      if ("run" in made) await submitRunIn(queries, made.run);
      else if ("sweep" in made) await submitSweepIn(queries, made.sweep);
      else await startWorkflowRunIn(queries, made.workflowRun, made.advancing);
      const startedId = idOf(made);
      const column = "workflowRun" in made ? "workflow_run_id" : "run_id";
      await queries.query(
        `update backfill_slot set state = 'started', ${column} = $3 where backfill_id = $1 and slot = $2`,
        [id, slot.slot, startedId],
      );
      started.push(startedId);
    }
    const isOver = open.length === 0;
    if (isOver) await queries.query("update backfill set finished_at = $2 where id = $1", [id, now]);
    const ending = backfill.cancelledAt === null ? [] : live;
    return {
      started,
      toCancel: ending.flatMap(({ runId }) => runId ?? []),
      workflowRunsToCancel: ending.flatMap(({ workflowRunId }) => workflowRunId ?? []),
      isOver,
    };
  });
}

async function openSlots(queries: Queries, id: string): Promise<readonly OpenSlot[]> {
  const rows = await queries.query(
    `select slot, state, parameters, occasion, run_id as "runId", workflow_run_id as "workflowRunId" from backfill_slot
     where backfill_id = $1 and state in ('waiting', 'started') order by slot`,
    [id],
  );
  return rows as unknown as readonly OpenSlot[];
}
