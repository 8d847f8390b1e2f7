import type { Driver, Queries } from "../driver/driver.ts";
import { addCountedEvents } from "./append-event.ts";
import { statusEvent } from "./status-event.ts";

/** A runner that asks for work. */
export interface ClaimRequest {
  readonly runner: RunnerFacts;
  /** The most attempts to take. */
  readonly limit: number;
  readonly now: Date;
  readonly leaseMs: number;
}

/** What a runner says about itself. */
export interface RunnerFacts {
  readonly id: string;
  readonly name: string;
  readonly slots: number;
  readonly version: string;
}

/** An attempt that belongs to the runner that claimed it, for as long as its lease lasts. */
export interface ClaimedAttempt {
  readonly id: string;
  readonly runId: string;
  readonly number: number;
  /** Goes with everything that the runner writes about the attempt. */
  readonly fence: number;
  readonly owner: string;
  readonly path: string;
  readonly sourceHash: string;
  readonly kernelName: string | null;
  readonly parameters: string;
  /** `RunSettings` of `@notemill/schedules`, as JSON. */
  readonly settings: string;
  /** The attempt in whose kernel it goes on. */
  readonly resumes: string | null;
  /** Since when it could have been claimed. */
  readonly readyAt: Date;
}

/** Gives waiting attempts to a runner, each to one, highest priority and oldest first. */
export async function claimAttempts(
  driver: Driver,
  request: ClaimRequest,
): Promise<readonly ClaimedAttempt[]> {
  const { runner, now, limit, leaseMs } = request;
  return driver.tx(async (queries) => {
    await noteRunner(queries, runner, now);
    if (limit <= 0) return [];
    const rows = await queries.query(CLAIM, [limit, now, runner.id, new Date(now.getTime() + leaseMs)]);
    // The order in which the database takes them is its own affair.
    const claimed = (rows as unknown as readonly TakenAttempt[]).toSorted(inOrder);
    const events = claimed.map(({ runId, number, seq }) => ({
      ...statusEvent("starting", { attempt: number, now }),
      runId,
      attempt: number,
      seq,
    }));
    await addCountedEvents(queries, events);
    return claimed;
  });
}

type TakenAttempt = ClaimedAttempt & { readonly seq: number; readonly priority: number };

/** Highest priority and oldest first; ids are in the order of their making. */
function inOrder(one: TakenAttempt, other: TakenAttempt): number {
  return other.priority - one.priority || (one.id < other.id ? -1 : 1);
}

const CLAIM = `
  with picked as materialized (
    select attempt_id from ready where not_before <= $2 and (expires_at is null or expires_at > $2)
      and (runner_id is null or runner_id = $3)
    order by priority desc, attempt_id limit $1 for update skip locked
  ), gone as (
    delete from ready using picked where ready.attempt_id = picked.attempt_id returning ready.attempt_id, ready.not_before
  ), taken as (
    update attempt set status = 'starting', runner_id = $3, fence = fence + 1, claimed_at = $2, lease_until = $4
    from gone where attempt.id = gone.attempt_id and attempt.status = 'queued'
    returning attempt.id, attempt.run_id, attempt.number, attempt.fence, gone.not_before
  )
  update run set status = 'starting', not_before = null, event_seq = event_seq + 1 from taken where run.id = taken.run_id
  returning taken.id, run.id as "runId", taken.number, taken.fence, run.event_seq as seq, run.owner, run.path, run.source_hash as "sourceHash",
    run.kernel_name as "kernelName", run.parameters, run.settings, run.priority, run.resumes, taken.not_before as "readyAt"`;

/** Notes that a runner is there. */
async function noteRunner(
  queries: Queries,
  { id, name, slots, version }: RunnerFacts,
  now: Date,
): Promise<void> {
  await queries.query(
    `insert into runner (id, name, slots, version, seen_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set seen_at = excluded.seen_at, slots = excluded.slots`,
    [id, name, slots, version, now],
  );
}
