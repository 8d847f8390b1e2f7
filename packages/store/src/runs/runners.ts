import type { Queries } from "../driver/driver.ts";
import type { Holding } from "./renew-leases.ts";

/** What a runner has first asked for work with; null where that is not known. */
export async function askedWith(queries: Queries, runnerId: string): Promise<string | null> {
  const [row] = await queries.query("select asked_with from runner where id = $1", [runnerId]);
  return (row?.["asked_with"] ?? null) as string | null;
}

/** The runner that got an attempt with a fence, whatever has become of it; null where none has, or another one since. */
export async function runnerOf(queries: Queries, { attemptId, fence }: Holding): Promise<string | null> {
  const [row] = await queries.query("select runner_id from attempt where id = $1 and fence = $2", [
    attemptId,
    fence,
  ]);
  return (row?.["runner_id"] ?? null) as string | null;
}

/** Notes that a runner has ended, with nothing left to do. It is there again when it asks for work. */
export async function noteRunnerLeft(
  queries: Queries,
  { runnerId, now }: { readonly runnerId: string; readonly now: Date },
): Promise<void> {
  await queries.query("update runner set left_at = $2 where id = $1", [runnerId, now]);
}

/**
 * Forgets runners that were not heard of since `before` and that nothing waits for. Attempts that they have made
 * keep their ids.
 *
 * @returns How many, at most `limit`.
 */
export async function forgetRunners(
  queries: Queries,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<number> {
  const rows = await queries.query(FORGET, [before, limit]);
  return rows.length;
}

const FORGET = `
  delete from runner where id in (
    select id from runner where seen_at < $1
      and not exists (select from attempt where attempt.runner_id = runner.id and attempt.lease_until is not null)
      and not exists (select from ready where ready.runner_id = runner.id)
      and not exists (select from kernel_request where kernel_request.runner_id = runner.id)
    order by seen_at limit $2 for update skip locked
  ) returning id`;
