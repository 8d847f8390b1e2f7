import type { Driver, Queries } from "../driver/driver.ts";
import { appendRunEvents, RUN_CHANNEL } from "../runs/append-event.ts";
import { RUNNER_CHANNEL } from "./read-orders.ts";

/** A kernel that was kept after its attempt. */
export interface KeptKernel {
  readonly attemptId: string;
  /** Number of the attempt. */
  readonly attempt: number;
  readonly runnerId: string;
  readonly until: Date;
}

/** The kernel that is kept for a run, or null. */
export async function keptKernel(queries: Queries, runId: string, now: Date): Promise<KeptKernel | null> {
  const rows = await queries.query(
    `select id as "attemptId", number as attempt, runner_id as "runnerId", kernel_until as until from attempt
     where run_id = $1 and kernel_until > $2 and not kernel_unwanted order by number desc limit 1`,
    [runId, now],
  );
  return (rows[0] as unknown as KeptKernel | undefined) ?? null;
}

/** Notes until when a runner keeps the kernel of an attempt; null for no longer. */
export async function noteKernel(
  queries: Queries,
  kernel: { readonly attemptId: string; readonly runnerId: string; readonly until: Date | null },
): Promise<void> {
  await queries.query(
    `update attempt set kernel_until = $3, kernel_unwanted = kernel_unwanted and $3::timestamptz is not null
     where id = $1 and runner_id = $2`,
    [kernel.attemptId, kernel.runnerId, kernel.until],
  );
}

/** Has the runner that keeps a kernel end it. */
export async function endKernel(driver: Driver, kernel: KeptKernel): Promise<void> {
  await driver.tx(async (queries) => {
    await queries.query("update attempt set kernel_unwanted = true where id = $1", [kernel.attemptId]);
    await queries.query("select pg_notify($1, $2)", [RUNNER_CHANNEL, kernel.runnerId]);
  });
}

/** Hands code to the runner that keeps a kernel, and says so among the events of the run. */
export async function requestExecution(
  driver: Driver,
  request: {
    readonly id: string;
    readonly runId: string;
    readonly kernel: KeptKernel;
    readonly code: string;
    readonly now: Date;
  },
): Promise<void> {
  const { id, runId, kernel, code, now } = request;
  await driver.tx(async (queries) => {
    await queries.query(
      "insert into kernel_request (id, attempt_id, runner_id, code, created_at) values ($1, $2, $3, $4, $5)",
      [id, kernel.attemptId, kernel.runnerId, code, now],
    );
    await appendRunEvents(queries, { runId, attempt: kernel.attempt }, [
      { kind: "kernel-code-requested", at: now, data: JSON.stringify({ request_id: id, code }) },
    ]);
    await queries.query("select pg_notify($1, $2)", [RUNNER_CHANNEL, kernel.runnerId]);
  });
}

/** Says that nobody waits for a request any longer. One that no runner has begun is over at once. */
export async function interruptExecution(driver: Driver, id: string): Promise<void> {
  await driver.tx(async (queries) => {
    const rows = await queries.query(
      "update kernel_request set interrupt = true where id = $1 and finished_at is null returning runner_id",
      [id],
    );
    const [row] = rows;
    if (row !== undefined)
      await queries.query("select pg_notify($1, $2)", [RUNNER_CHANNEL, String(row["runner_id"])]);
  });
}

/** Outputs of a request, as a runner sends them. */
export interface KernelOutputs {
  readonly id: string;
  readonly runnerId: string;
  /** How many outputs came before. */
  readonly first: number;
  /** JSON, each. */
  readonly outputs: readonly string[];
  /** How it ended, as JSON; null while it goes on. */
  readonly result: string | null;
  readonly now: Date;
}

/** Stores outputs, each once. @returns Whether there is such a request. */
export async function appendKernelOutputs(driver: Driver, sent: KernelOutputs): Promise<boolean> {
  const { id, runnerId, first, outputs, result, now } = sent;
  return driver.tx(async (queries) => {
    const rows = await queries.query(
      `select attempt.run_id as "runId" from kernel_request
       join attempt on attempt.id = kernel_request.attempt_id
       where kernel_request.id = $1 and kernel_request.runner_id = $2 for update of kernel_request`,
      [id, runnerId],
    );
    const [row] = rows;
    if (row === undefined) return false;
    await queries.query(
      `insert into kernel_output (request_id, seq, data)
       select $1::uuid, $2::int + position, data from unnest($3::text[]) with ordinality as given (data, position)
       on conflict do nothing`,
      [id, first, outputs],
    );
    if (result !== null) {
      await queries.query(
        "update kernel_request set result = $2, finished_at = coalesce(finished_at, $3) where id = $1",
        [id, result, now],
      );
    }
    await queries.query("select pg_notify($1, $2)", [RUN_CHANNEL, String(row["runId"])]);
    return true;
  });
}

/**
 * What there is of a request behind the output of the number `after`; `result` is there when that is all.
 *
 * @returns `last` is the number of the last of them: some may never have come.
 */
export async function readKernelOutputs(
  queries: Queries,
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly outputs: readonly string[]; readonly last: number; readonly result: string | null }> {
  // The result first: whatever came before it is among the outputs that are read next.
  const [request] = await queries.query("select result from kernel_request where id = $1", [id]);
  const rows = await queries.query(
    "select seq, data from kernel_output where request_id = $1 and seq > $2 order by seq limit $3",
    [id, after, limit],
  );
  const isAll = rows.length < limit;
  return {
    outputs: rows.map(({ data }) => String(data)),
    last: Number(rows.at(-1)?.["seq"] ?? after),
    result: isAll ? ((request?.["result"] ?? null) as string | null) : null,
  };
}

/** Forgets requests that are older than this. */
export async function forgetExecutions(queries: Queries, before: Date): Promise<void> {
  await queries.query("delete from kernel_request where created_at < $1 and finished_at is not null", [
    before,
  ]);
}
