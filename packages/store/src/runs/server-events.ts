import type { Queries } from "../driver/driver.ts";
import type { StoredAttempt, StoredEvent } from "./run-row.ts";

/**
 * The events of an attempt that is over, in order: what the server knows when the
 * runner has handed nothing in. No more come for an attempt that is over.
 */
export async function attemptEvents(
  queries: Queries,
  { runId, number }: Pick<StoredAttempt, "runId" | "number">,
): Promise<readonly StoredEvent[]> {
  const rows = await queries.query(
    "select seq, attempt, at, kind, data from event where run_id = $1 and attempt = $2 order by seq",
    [runId, number],
  );
  return rows as unknown as readonly StoredEvent[];
}
