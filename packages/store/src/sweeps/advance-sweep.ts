import type { RunStatus } from "@notemill/schedules";
import type { Queries } from "../driver/driver.ts";
import { appendRunEvents } from "../runs/append-event.ts";
import { RUN_COLUMNS, type StoredRun, toRuns } from "../runs/run-row.ts";
import { startChildren } from "./start-children.ts";
import { SWEEP_COLUMNS, toSweeps } from "./sweep-row.ts";

/** The kind of the event that a parent gets when a child is over. */
const CHILD_FINISHED = "sweep-child-finished";

/**
 * Goes on with a sweep one of whose children has just ended, in the same
 * transaction: the next child is started, unless the sweep is to end; the parent
 * gets an event.
 *
 * Rows are locked child first, then sweep, then parent, here and everywhere. The
 * locks leave keys alone: a child that is changed twice in a transaction has its
 * reference to the sweep looked at once more.
 */
export async function advanceSweep(
  queries: Queries,
  child: StoredRun & { readonly sweepId: string },
  now: Date,
): Promise<void> {
  const { sweepId } = child;
  const [sweep] = toSweeps(
    await queries.query(`select ${SWEEP_COLUMNS} from sweep where run_id = $1 for no key update`, [sweepId]),
  );
  const [parent] = toRuns(
    await queries.query(`select ${RUN_COLUMNS} from run where id = $1 for no key update`, [sweepId]),
  );
  if (sweep === undefined || parent === undefined) throw new Error(`the sweep "${sweepId}" is not there`);
  const isStopping = sweep.stoppedAt !== null || (sweep.stopOnFailure && child.status !== "succeeded");
  const mayStart = !isStopping && parent.cancelRequestedAt === null;
  const started = mayStart ? await startChildren(queries, { parent, sweep, limit: 1, now }) : 0;
  const openCount = sweep.openCount - 1 + started;
  const doneCount = sweep.doneCount + 1;
  await queries.query(
    `update sweep set open_count = $2, done_count = $3, stopped_at = $4, children_over_at = $5, failed_count = $6,
       timed_out_count = $7, lost_count = $8, cancelled_count = $9 where run_id = $1`,
    [
      sweepId,
      openCount,
      doneCount,
      isStopping ? (sweep.stoppedAt ?? now) : null,
      openCount === 0 ? now : null,
      sweep.failedCount + countOf("failed", child),
      sweep.timedOutCount + countOf("timed_out", child),
      sweep.lostCount + countOf("lost", child),
      sweep.cancelledCount + countOf("cancelled", child),
    ],
  );
  const [row] = await queries.query("select index from sweep_child where sweep_id = $1 and run_id = $2", [
    sweepId,
    child.id,
  ]);
  const data = {
    index: Number(row?.["index"]),
    run_id: child.id,
    status: child.status,
    done: doneCount,
    total: sweep.total,
  };
  await appendRunEvents(queries, { runId: sweepId, attempt: parent.attempt }, [
    { kind: CHILD_FINISHED, at: now, data: JSON.stringify(data) },
  ]);
}

function countOf(status: RunStatus, child: StoredRun): number {
  return child.status === status ? 1 : 0;
}
