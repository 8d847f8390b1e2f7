import type { Driver, Queries } from "../driver/driver.ts";
import type { Ending } from "./ending.ts";
import { finishAttempt } from "./finish-attempt.ts";
import { ATTEMPT_COLUMNS, type StoredAttempt, toAttempts } from "./run-row.ts";

/** Options of {@link expireLeases}. */
export interface ExpireOptions extends Omit<Ending, "outcome" | "facts" | "nextAttemptId" | "failure"> {
  /** Says what became of an attempt, as JSON. Pure. */
  readonly failureOf: (lost: LostAttempt) => string | null;
  /** Gives the id of a next attempt. */
  readonly newId: () => string;
  /** The most attempts in one go. Default 100. */
  readonly limit?: number;
}

/** An attempt whose runner is gone. */
export interface LostAttempt {
  /** Name of the runner; null where it is not known any more. */
  readonly runnerName: string | null;
  /** The cell that was being executed when it was heard of last; null for none. */
  readonly cell: { readonly id: string; readonly index: number } | null;
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
  { failureOf, ...ending }: ExpireOptions & Pick<Ending, "nextAttemptId">,
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
    const failure = failureOf(await lastHeard(queries, attempt));
    await finishAttempt(queries, attempt, { ...ending, failure, outcome: "lost", facts: null });
    return true;
  });
}

/** What was known of an attempt when its runner was heard of last. */
async function lastHeard(
  queries: Queries,
  { runId, number, runnerId }: Pick<StoredAttempt, "runId" | "number" | "runnerId">,
): Promise<LostAttempt> {
  const [runner] = await queries.query("select name from runner where id = $1", [runnerId]);
  const [event] = await queries.query(
    `select kind, data from event where run_id = $1 and attempt = $2 and kind in ('cell-started', 'cell-finished')
     order by seq desc limit 1`,
    [runId, number],
  );
  const name = runner?.["name"];
  return {
    runnerName: typeof name === "string" ? name : null,
    cell: event?.["kind"] === "cell-started" ? cellOf(String(event["data"])) : null,
  };
}

/** Total: a runner says what it likes, and what is no cell must not keep leases from ending. */
function cellOf(data: string): LostAttempt["cell"] {
  try {
    const { cell_id: id, cell_index: index } = Object(JSON.parse(data)) as Readonly<Record<string, unknown>>;
    return typeof id === "string" && typeof index === "number" ? { id, index } : null;
  } catch {
    return null;
  }
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
