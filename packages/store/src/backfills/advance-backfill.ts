import { FINAL_STATUSES } from "@notemill/schedules";
import type { Driver, Queries } from "../driver/driver.ts";
import { type NewRun, submitRunIn } from "../runs/submit-run.ts";
import { BACKFILL_COLUMNS, type BackfillSlot, type StoredBackfill, toBackfills } from "./backfill-row.ts";

/** Options of {@link advanceBackfill}. */
export interface AdvanceBackfillOptions {
  readonly now: Date;
  /** Makes the run of a slot. Pure: the transaction waits for it. */
  readonly runOf: (backfill: StoredBackfill, slot: Pick<BackfillSlot, "slot" | "parameters">) => NewRun;
}

/** What {@link advanceBackfill} did. */
export interface AdvancedBackfill {
  readonly started: readonly string[];
  /** Runs that have to end with it. Cancel them; they are named again until they are over. */
  readonly toCancel: readonly string[];
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
      `update backfill_slot set state = 'over' from run
       where backfill_id = $1 and state = 'started' and run.id = run_id and run.status = any($2)`,
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
      const run = runOf(backfill, slot);
      await submitRunIn(queries, run);
      await queries.query(
        "update backfill_slot set state = 'started', run_id = $3 where backfill_id = $1 and slot = $2",
        [id, slot.slot, run.id],
      );
      started.push(run.id);
    }
    const isOver = open.length === 0;
    if (isOver) await queries.query("update backfill set finished_at = $2 where id = $1", [id, now]);
    const toCancel = backfill.cancelledAt === null ? [] : live.flatMap(({ runId }) => runId ?? []);
    return { started, toCancel, isOver };
  });
}

async function openSlots(queries: Queries, id: string): Promise<readonly Omit<BackfillSlot, "runStatus">[]> {
  const rows = await queries.query(
    `select slot, state, parameters, run_id as "runId" from backfill_slot
     where backfill_id = $1 and state in ('waiting', 'started') order by slot`,
    [id],
  );
  return rows as unknown as readonly Omit<BackfillSlot, "runStatus">[];
}
