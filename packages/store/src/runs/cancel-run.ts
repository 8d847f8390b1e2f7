import { isFinal } from "@notemill/schedules";
import type { Driver } from "../driver/driver.ts";
import { RUNNER_CHANNEL } from "../orders/read-orders.ts";
import { appendRunEvents } from "./append-event.ts";
import type { Ending } from "./ending.ts";
import { finishAttempt } from "./finish-attempt.ts";
import { ATTEMPT_COLUMNS, RUN_COLUMNS, type StoredRun, toAttempts, toRuns } from "./run-row.ts";

/**
 * Asks for the end of a run. One that waits is cancelled at once; one that runs is
 * cancelled by its runner, which is told at once.
 *
 * @returns The run as it is now, or null where there is none. A run that is over stays as it is.
 */
export async function cancelRun(
  driver: Driver,
  runId: string,
  ending: Omit<Ending, "outcome" | "facts">,
): Promise<StoredRun | null> {
  const { now } = ending;
  return driver.tx(async (queries) => {
    // Ready row, attempt, run: in this order everywhere, so that two transactions never wait for each other.
    await queries.query(
      "select from ready where attempt_id in (select id from attempt where run_id = $1) for update",
      [runId],
    );
    const attempts = toAttempts(
      await queries.query(
        `select ${ATTEMPT_COLUMNS} from attempt where run_id = $1 order by number desc limit 1 for update`,
        [runId],
      ),
    );
    const [run] = toRuns(
      await queries.query(`select ${RUN_COLUMNS} from run where id = $1 for update`, [runId]),
    );
    const [attempt] = attempts;
    if (run === undefined || attempt === undefined) return null;
    if (isFinal(run.status) || run.cancelRequestedAt !== null) return run;
    await queries.query("update run set cancel_requested_at = $2 where id = $1", [runId, now]);
    await appendRunEvents(queries, { runId, attempt: attempt.number }, [
      { kind: "run-cancel-requested", at: now, data: "{}" },
    ]);
    if (attempt.status !== "queued") {
      await queries.query("select pg_notify($1, $2)", [RUNNER_CHANNEL, attempt.runnerId ?? ""]);
      return { ...run, cancelRequestedAt: now };
    }
    await queries.query("delete from ready where attempt_id = $1", [attempt.id]);
    return finishAttempt(queries, attempt, { ...ending, outcome: "cancelled", facts: null });
  });
}
