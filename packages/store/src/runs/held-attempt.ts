import type { Queries } from "../driver/driver.ts";
import type { Holding } from "./renew-leases.ts";
import { ATTEMPT_COLUMNS, type StoredAttempt, toAttempts } from "./run-row.ts";

/** An attempt of a runner, locked until the transaction ends. */
export type HeldAttempt = StoredAttempt & { readonly eventCount: number };

/** Finds what a runner has by its fence; null when it has lost it. */
export async function heldAttempt(
  queries: Queries,
  { attemptId, fence }: Holding,
): Promise<HeldAttempt | null> {
  const rows = await queries.query(
    `select ${ATTEMPT_COLUMNS}, attempt.event_count as "eventCount" from attempt
     where id = $1 and fence = $2 and status in ('starting', 'running') and runner_id is not null for update`,
    [attemptId, fence],
  );
  return (toAttempts(rows)[0] as HeldAttempt | undefined) ?? null;
}
