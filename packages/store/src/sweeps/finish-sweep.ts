import type { Driver } from "../driver/driver.ts";
import type { Ending, StoredFile } from "../runs/ending.ts";
import { finishAttempt } from "../runs/finish-attempt.ts";
import { ATTEMPT_COLUMNS, type StoredRun, toAttempts } from "../runs/run-row.ts";

/**
 * Ends the parent of a sweep whose children are over, with the files of its record,
 * which are in the store of records already.
 *
 * @returns The parent, or null where it was ended before, or a child is under way.
 */
export async function finishSweep(
  driver: Driver,
  sweepId: string,
  ending: Ending & { readonly files: readonly StoredFile[] },
): Promise<StoredRun | null> {
  return driver.tx(async (queries) => {
    const rows = await queries.query(
      `update sweep set is_over = true
       where run_id = $1 and children_over_at is not null and not is_over returning run_id`,
      [sweepId],
    );
    if (rows.length === 0) return null;
    const [attempt] = toAttempts(
      await queries.query(
        `select ${ATTEMPT_COLUMNS} from attempt where run_id = $1 order by number desc limit 1 for update`,
        [sweepId],
      ),
    );
    if (attempt === undefined) throw new Error(`the sweep "${sweepId}" has no attempt`);
    for (const { name, sha256, size } of ending.files) {
      await queries.query(
        "insert into record_file (attempt_id, name, sha256, size) values ($1, $2, $3, $4)",
        [attempt.id, name, sha256, size],
      );
    }
    return finishAttempt(queries, attempt, ending);
  });
}
