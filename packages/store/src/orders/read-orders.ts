import type { Queries } from "../driver/driver.ts";

/** The channel that names a runner whenever there is something for it to do beside its attempts. */
export const RUNNER_CHANNEL = "notemill_runner";

/** What a runner has heard of already, and need not be told again. */
export interface OrdersQuery {
  readonly runnerId: string;
  /** Attempts that it is stopping. */
  readonly stopping: readonly string[];
  /** Requests that it is executing. */
  readonly executing: readonly string[];
}

/** What a runner has to do. */
export interface Orders {
  /** Attempts that somebody wants to cancel. */
  readonly cancelled: readonly string[];
  /** Attempts whose output notebook is wanted as it is now. */
  readonly notebooks: readonly string[];
  /** Code for kernels that it keeps. */
  readonly executions: readonly { readonly id: string; readonly attemptId: string; readonly code: string }[];
  /** Requests that nobody waits for any longer. */
  readonly interrupted: readonly string[];
  /** Attempts whose kernels are kept no longer. */
  readonly unwanted: readonly string[];
}

/** What there is to do for a runner now. */
export async function readOrders(queries: Queries, query: OrdersQuery): Promise<Orders> {
  const { runnerId, stopping, executing } = query;
  const attempts = await queries.query(
    `select attempt.id, attempt.notebook_wanted as wanted, run.cancel_requested_at is not null as cancelled
     from attempt join run on run.id = attempt.run_id
     where attempt.runner_id = $1 and attempt.lease_until is not null
       and (attempt.notebook_wanted or run.cancel_requested_at is not null)`,
    [runnerId],
  );
  const requests = await queries.query(
    `select id, attempt_id as "attemptId", code, interrupt from kernel_request
     where runner_id = $1 and finished_at is null order by id`,
    [runnerId],
  );
  const unwanted = await queries.query(
    "select id from attempt where runner_id = $1 and kernel_unwanted and kernel_until is not null",
    [runnerId],
  );
  const ids = (rows: typeof attempts): readonly string[] => rows.map(({ id }) => String(id));
  return {
    cancelled: ids(attempts.filter(({ cancelled }) => cancelled === true)).filter(
      (id) => !stopping.includes(id),
    ),
    notebooks: ids(attempts.filter(({ wanted }) => wanted === true)),
    executions: requests
      .filter(({ id, interrupt }) => interrupt === false && !executing.includes(String(id)))
      .map(({ id, attemptId, code }) => ({
        id: String(id),
        attemptId: String(attemptId),
        code: String(code),
      })),
    interrupted: ids(requests.filter(({ interrupt }) => interrupt === true)),
    unwanted: ids(unwanted),
  };
}
