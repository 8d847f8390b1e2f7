import type { Queries } from "../driver/driver.ts";
import type { Holding } from "./renew-leases.ts";
import { ATTEMPT_COLUMNS, type StoredAttempt, toAttempts } from "./run-row.ts";

/** An attempt of a runner, locked until the transaction ends. */
export type HeldAttempt = StoredAttempt & { readonly eventCount: number };

/** Finds what a runner has by its fence; null when it has lost it. */
export async function heldAttempt(queries: Queries, holding: Holding): Promise<HeldAttempt | null> {
  return (await heldAttempts(queries, [holding])).get(holding.attemptId) ?? null;
}

/** Finds what runners have by their fences, by id; what they have lost is not among it. */
export async function heldAttempts(
  queries: Queries,
  holdings: readonly Holding[],
): Promise<ReadonlyMap<string, HeldAttempt>> {
  const rows = await queries.query(HELD, [
    holdings.map(({ attemptId }) => attemptId),
    holdings.map(({ fence }) => fence),
  ]);
  return new Map((toAttempts(rows) as readonly HeldAttempt[]).map((it) => [it.id, it]));
}

// In one order, so that two who want the same do not wait for each other.
const HELD = `
  select ${ATTEMPT_COLUMNS}, attempt.event_count as "eventCount"
  from unnest($1::uuid[], $2::int[]) as holding (id, fence)
  join attempt on attempt.id = holding.id and attempt.fence = holding.fence
  where attempt.status in ('starting', 'running') and attempt.runner_id is not null
  order by attempt.id for update of attempt`;
