import type { Queries } from "../driver/driver.ts";
import type { StoredRun } from "./run-row.ts";

/** The newest run that repeats a run, or goes on from it; null for none. */
export async function repeatedBy(
  queries: Queries,
  runId: string,
): Promise<Pick<StoredRun, "id" | "status"> | null> {
  const [row] = await queries.query(
    "select id, status from run where rerun_of = $1 order by id desc limit 1",
    [runId],
  );
  return (row as Pick<StoredRun, "id" | "status"> | undefined) ?? null;
}
