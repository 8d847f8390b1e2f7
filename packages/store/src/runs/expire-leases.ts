import type { Driver } from "../driver/driver.ts";
import type { Ending } from "./ending.ts";
import { finishAttempt } from "./finish-attempt.ts";
import { ATTEMPT_COLUMNS, toAttempts } from "./run-row.ts";

/** Options of {@link expireLeases}. */
export interface ExpireOptions extends Omit<Ending, "outcome" | "facts" | "nextAttemptId"> {
  /** Gives the id of a next attempt. */
  readonly newId: () => string;
  /** The most attempts in one go. Default 100. */
  readonly limit?: number;
}

/**
 * Ends the attempts whose runners have not been heard of for a lease: `lost`.
 * Each goes in a transaction of its own.
 *
 * @returns How many there were.
 */
export async function expireLeases(driver: Driver, options: ExpireOptions): Promise<number> {
  const { now, limit = 100, newId } = options;
  for (let count = 0; ; count += 1) {
    const found = count < limit && (await expireOne(driver, { ...options, nextAttemptId: newId() }, now));
    if (!found) return count;
  }
}

async function expireOne(
  driver: Driver,
  ending: Omit<Ending, "outcome" | "facts">,
  now: Date,
): Promise<boolean> {
  return driver.tx(async (queries) => {
    const [attempt] = toAttempts(
      await queries.query(
        `select ${ATTEMPT_COLUMNS} from attempt where lease_until < $1
         order by lease_until limit 1 for update skip locked`,
        [now],
      ),
    );
    if (attempt === undefined) return false;
    await finishAttempt(queries, attempt, { ...ending, outcome: "lost", facts: null });
    return true;
  });
}

/** Gives every runner the time of a lease to come back: the server was away, and not they. */
export async function graceLeases(driver: Driver, until: Date): Promise<void> {
  // What somebody has locked is being heard of at this moment.
  await driver.query(
    `with silent as (select id from attempt where lease_until < $1 order by id for update skip locked)
     update attempt set lease_until = $1 from silent where attempt.id = silent.id`,
    [until],
  );
}
