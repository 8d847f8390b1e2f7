import type { Driver, Queries } from "../driver/driver.ts";
import { RUN_CHANNEL } from "../runs/append-event.ts";
import { heldAttempt } from "../runs/held-attempt.ts";
import type { Holding } from "../runs/renew-leases.ts";
import { RUNNER_CHANNEL } from "./read-orders.ts";

/** The attempt of a run that is under way. */
export interface LiveAttempt {
  readonly id: string;
  readonly number: number;
  /** How many output notebooks have come. */
  readonly notebookCount: number;
}

/** The attempt of a run that a runner executes, or null. */
export async function liveAttempt(queries: Queries, runId: string): Promise<LiveAttempt | null> {
  const rows = await queries.query(
    `select id, number, notebook_count as "notebookCount" from attempt
     where run_id = $1 and lease_until is not null order by number desc limit 1`,
    [runId],
  );
  return (rows[0] as unknown as LiveAttempt | undefined) ?? null;
}

/** Asks the runner of an attempt for the output notebook as it is now. */
export async function wantNotebook(driver: Driver, attemptId: string): Promise<void> {
  await driver.tx(async (queries) => {
    const rows = await queries.query(
      `update attempt set notebook_wanted = true
       where id = $1 and lease_until is not null and not notebook_wanted returning runner_id`,
      [attemptId],
    );
    const [row] = rows;
    if (row !== undefined)
      await queries.query("select pg_notify($1, $2)", [RUNNER_CHANNEL, String(row["runner_id"])]);
  });
}

/** Notes that the output notebook of an attempt has come. @returns Whether the runner still has the attempt. */
export async function noteNotebook(driver: Driver, holding: Holding): Promise<boolean> {
  return driver.tx(async (queries) => {
    const attempt = await heldAttempt(queries, holding);
    if (attempt === null) return false;
    await queries.query(
      "update attempt set notebook_wanted = false, notebook_count = notebook_count + 1 where id = $1",
      [attempt.id],
    );
    await queries.query("select pg_notify($1, $2)", [RUN_CHANNEL, attempt.runId]);
    return true;
  });
}
