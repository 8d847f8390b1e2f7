import type { Driver } from "../driver/driver.ts";
import type { Ending } from "./ending.ts";
import { finishAttempt } from "./finish-attempt.ts";
import { ATTEMPT_COLUMNS, toAttempts } from "./run-row.ts";

/** Options of {@link expireQueue}. */
export interface ExpireQueueOptions extends Omit<Ending, "outcome" | "facts" | "nextAttemptId"> {
  /** Gives the id of a next attempt. */
  readonly newId: () => string;
  /** The most attempts in one go. Default 100. */
  readonly limit?: number;
}

/**
 * Ends the attempts that have waited for a runner longer than they may: `timed_out`.
 * Each goes in a transaction of its own.
 *
 * @returns How many there were.
 */
export async function expireQueue(driver: Driver, options: ExpireQueueOptions): Promise<number> {
  const { limit = 100, newId } = options;
  for (let count = 0; ; count += 1) {
    const found = count < limit && (await expireOne(driver, { ...options, nextAttemptId: newId() }));
    if (!found) return count;
  }
}

async function expireOne(driver: Driver, ending: Omit<Ending, "outcome" | "facts">): Promise<boolean> {
  return driver.tx(async (queries) => {
    // Whoever has the ready row has the attempt: a runner that claims at this moment leaves none.
    const rows = await queries.query(
      `delete from ready where attempt_id = (
         select attempt_id from ready where expires_at <= $1 order by expires_at limit 1 for update skip locked
       ) returning attempt_id as id`,
      [ending.now],
    );
    const [expired] = rows;
    if (expired === undefined) return false;
    const [attempt] = toAttempts(
      await queries.query(`select ${ATTEMPT_COLUMNS} from attempt where id = $1 for update`, [
        String(expired["id"]),
      ]),
    );
    if (attempt?.status === "queued")
      await finishAttempt(queries, attempt, { ...ending, outcome: "timed_out", facts: null });
    return true;
  });
}
