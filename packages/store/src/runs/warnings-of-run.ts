import type { Queries } from "../driver/driver.ts";

/** What a run may have warned of at most, as far as is told. */
const MOST = 100;

/** What the newest attempt of a run has warned of, as JSON, in order. */
export async function warningsOfRun(queries: Queries, runId: string): Promise<readonly string[]> {
  const rows = await queries.query(
    `select data from event where run_id = $1 and kind = 'attempt-warned'
       and attempt = (select attempt from run where id = $1) order by seq limit $2`,
    [runId, MOST],
  );
  return rows.map(({ data }) => String(data));
}
