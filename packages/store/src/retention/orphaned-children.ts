import type { Driver } from "../driver/driver.ts";
import { NOTHING_NEEDS_RUN } from "./may-go.ts";
import type { PrunableRun } from "./old-runs.ts";

/** Some children of sweeps that have gone; none when no more are to go. */
export async function childrenOfPruned(driver: Driver, limit: number): Promise<readonly PrunableRun[]> {
  const rows = await driver.query(
    `select run.id, run.path, run.status, run.finished_at as "finishedAt"
     from sweep join run on run.sweep_id = sweep.run_id
     where sweep.children_go and run.pruned_at is null and run.finished_at is not null and ${NOTHING_NEEDS_RUN}
     order by run.id limit $1`,
    [limit],
  );
  if (rows.length === 0) {
    // Those that another sweep still needs are looked at again.
    await driver.query(
      `update sweep set children_go = false where children_go
         and not exists (select from run where run.sweep_id = sweep.run_id and run.pruned_at is null)`,
    );
  }
  return rows as unknown as readonly PrunableRun[];
}
