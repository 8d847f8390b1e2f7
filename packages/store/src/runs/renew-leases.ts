import type { Driver } from "../driver/driver.ts";

/** One attempt that a runner has, with the fence it got it by. */
export interface Holding {
  readonly attemptId: string;
  readonly fence: number;
}

/** What {@link renewLeases} found. */
export interface Renewal {
  /** Attempts that the runner still has. Those that it named and that are not here, it has lost. */
  readonly renewed: readonly string[];
  /** Those among them that somebody wants to cancel. */
  readonly cancelled: readonly string[];
}

/** Extends the leases of everything that a runner has, at once. */
export async function renewLeases(
  driver: Driver,
  request: {
    readonly runnerId: string;
    readonly holdings: readonly Holding[];
    readonly now: Date;
    readonly leaseMs: number;
  },
): Promise<Renewal> {
  const { runnerId, holdings, now, leaseMs } = request;
  const rows = await driver.tx(async (queries) => {
    await queries.query("update runner set seen_at = $2 where id = $1", [runnerId, now]);
    return queries.query(
      // Locked in the order of all who lock several.
      `with held as (
         select attempt.id from unnest($2::uuid[], $3::int[]) as given (id, fence)
         join attempt on attempt.id = given.id and attempt.fence = given.fence
         where attempt.runner_id = $1 and attempt.status in ('starting', 'running')
         order by attempt.id for update of attempt
       )
       update attempt set lease_until = $4 from held, run
       where attempt.id = held.id and run.id = attempt.run_id
       returning attempt.id, run.cancel_requested_at is not null as "isCancelled"`,
      [
        runnerId,
        holdings.map(({ attemptId }) => attemptId),
        holdings.map(({ fence }) => fence),
        new Date(now.getTime() + leaseMs),
      ],
    );
  });
  return {
    renewed: rows.map(({ id }) => String(id)),
    cancelled: rows.filter(({ isCancelled }) => isCancelled === true).map(({ id }) => String(id)),
  };
}
