import type { Driver, Queries } from "../driver/driver.ts";
import { addCountedEvents } from "./append-event.ts";
import { labelsIn, queuedNeeds } from "./label-needs.ts";
import { statusEvent } from "./status-event.ts";

/** A runner that asks for work. */
export interface ClaimRequest {
  readonly runner: RunnerFacts;
  /** The token that it asks with, which it keeps: the id of one with a name, or `server`. Default: `server`. */
  readonly askedWith?: string;
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
  /** What it has that runs may need. Default: nothing. */
  readonly labels?: readonly string[] | undefined;
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

/**
 * Gives waiting attempts to a runner, each to one, highest priority and oldest first; of
 * those that need labels only the ones whose labels it has.
 */
export async function claimAttempts(
  driver: Driver,
  request: ClaimRequest,
): Promise<readonly ClaimedAttempt[]> {
  const { runner, now, limit, leaseMs } = request;
  return driver.tx(async (queries) => {
    await noteRunner(queries, request);
    if (limit <= 0) return [];
    const able = await ableNeeds(queries, runner);
    const values = [limit, now, runner.id, new Date(now.getTime() + leaseMs)];
    const [only = ""] = able;
    const rows = await (able.length > 1
      ? queries.query(CLAIM_AMONG, [...values, able])
      : queries.query(CLAIM, [...values, only]));
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

/** The sets of labels that a runner can serve, as far as something waits for them. */
async function ableNeeds(queries: Queries, { labels = [] }: RunnerFacts): Promise<readonly string[]> {
  if (labels.length === 0) return [""];
  const needs = await queuedNeeds(queries);
  return needs.filter((it) => labelsIn(it).every((label) => labels.includes(label)));
}

const WAITS = `not_before <= $2 and (expires_at is null or expires_at > $2) and (runner_id is null or runner_id = $3)`;

/** Most runners serve one set of labels only, the empty one. */
const PICK = `
    select attempt_id from ready where needs = $5 and ${WAITS}
    order by priority desc, attempt_id limit $1 for update skip locked`;

/** The best of each set, of which others may have locked some, and of those the best. */
const PICK_AMONG = `
    select attempt_id from ready where attempt_id in (
      select attempt_id from (
        select near.attempt_id, near.priority from unnest($5::text[]) as able (needs) cross join lateral (
          select attempt_id, priority from ready where ready.needs = able.needs and ${WAITS}
          order by priority desc, attempt_id limit $1::int + 32
        ) as near order by near.priority desc, near.attempt_id limit $1::int + 32
      ) as best
    ) order by priority desc, attempt_id limit $1 for update skip locked`;

const claimOf = (pick: string): string => `
  with picked as materialized (${pick}
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

const CLAIM = claimOf(PICK);
const CLAIM_AMONG = claimOf(PICK_AMONG);

/** Notes that a runner is there. */
async function noteRunner(
  queries: Queries,
  {
    runner: { id, name, slots, version, labels = [] },
    askedWith = "server",
    now,
  }: Pick<ClaimRequest, "runner" | "askedWith" | "now">,
): Promise<void> {
  await queries.query(
    `insert into runner (id, name, slots, version, seen_at, labels, asked_with) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set seen_at = excluded.seen_at, slots = excluded.slots, labels = excluded.labels,
       asked_with = coalesce(runner.asked_with, excluded.asked_with), left_at = null`,
    [id, name, slots, version, now, labels, askedWith],
  );
}
