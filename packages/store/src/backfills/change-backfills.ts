import type { Driver } from "../driver/driver.ts";
import { BACKFILL_COLUMNS, type StoredBackfill, toBackfills } from "./backfill-row.ts";

/** Starts no more runs of a backfill until it is resumed. What runs goes on. @returns Null where there is none. */
export async function pauseBackfill(driver: Driver, id: string, now: Date): Promise<StoredBackfill | null> {
  const rows = await driver.query(
    `update backfill set paused_at = case when finished_at is null then coalesce(paused_at, $2) end
     where id = $1 returning ${BACKFILL_COLUMNS}`,
    [id, now],
  );
  return toBackfills(rows)[0] ?? null;
}

/** Lets a paused backfill go on. @returns Null where there is none. */
export async function resumeBackfill(driver: Driver, id: string): Promise<StoredBackfill | null> {
  const rows = await driver.query(
    `update backfill set paused_at = null where id = $1 returning ${BACKFILL_COLUMNS}`,
    [id],
  );
  return toBackfills(rows)[0] ?? null;
}

/**
 * Asks for the end of a backfill: nothing of it starts any more, and what runs is to
 * be cancelled, see {@link advanceBackfill}. One that is over stays as it is.
 *
 * @returns Null where there is none.
 */
export async function cancelBackfill(
  driver: Driver,
  id: string,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<StoredBackfill | null> {
  const rows = await driver.query(
    `update backfill set cancelled_at = case when finished_at is null then coalesce(cancelled_at, $2) else cancelled_at end,
       cancelled_by = case when finished_at is null then coalesce(cancelled_by, $3) else cancelled_by end
     where id = $1 returning ${BACKFILL_COLUMNS}`,
    [id, now, by],
  );
  return toBackfills(rows)[0] ?? null;
}
