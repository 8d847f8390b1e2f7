import type { Queries } from "../driver/driver.ts";

/** The run of an attempt that is under way. */
export interface TokenHolder {
  readonly runId: string;
  readonly owner: string;
  /** How many runs above it were started by notebooks. */
  readonly depth: number;
}

/**
 * Whom the token of an attempt speaks for; null when the attempt is over, or somebody else has it by now.
 *
 * A kernel keeps the token that it was started with. So it is good for those, too, that go on in
 * that kernel, and as long as the kernel is kept.
 */
export async function tokenHolder(
  queries: Queries,
  attempt: { readonly attemptId: string; readonly fence: number },
  now: Date,
): Promise<TokenHolder | null> {
  const rows = await queries.query(
    `with recursive in_kernel as (
       select id, run_id, number, status, runner_id, kernel_until from attempt where id = $1 and fence = $2
       union all
       select attempt.id, attempt.run_id, attempt.number, attempt.status, attempt.runner_id, attempt.kernel_until
       from in_kernel join run on run.resumes = in_kernel.id join attempt on attempt.run_id = run.id
     )
     select run.id as "runId", run.owner, run.depth from in_kernel join run on run.id = in_kernel.run_id
     where (in_kernel.status in ('starting', 'running') and in_kernel.runner_id is not null)
       or in_kernel.kernel_until > $3
     order by in_kernel.id desc limit 1`,
    [attempt.attemptId, attempt.fence, now],
  );
  return (rows as unknown as readonly TokenHolder[])[0] ?? null;
}
