import type { Queries } from "../driver/driver.ts";

/** The run of an attempt that is under way. */
export interface TokenHolder {
  readonly runId: string;
  readonly owner: string;
  /** How many runs above it were started by notebooks. */
  readonly depth: number;
}

/** Whom the token of an attempt speaks for; null when the attempt is over, or somebody else has it by now. */
export async function tokenHolder(
  queries: Queries,
  attempt: { readonly attemptId: string; readonly fence: number },
): Promise<TokenHolder | null> {
  const rows = await queries.query(
    `select run.id as "runId", run.owner, run.depth from attempt join run on run.id = attempt.run_id
     where attempt.id = $1 and attempt.fence = $2 and attempt.status in ('starting', 'running')
       and attempt.runner_id is not null`,
    [attempt.attemptId, attempt.fence],
  );
  return (rows as unknown as readonly TokenHolder[])[0] ?? null;
}
