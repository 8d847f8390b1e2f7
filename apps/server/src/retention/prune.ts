import { type PrunableRun, pruneRun } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { buryRecords, tombstoneText } from "../records/bury-records.ts";

/** Lets runs go that may: their rows, and their files behind them. @returns How many have gone. */
export async function pruneRuns(
  { driver, records, now, log }: Pick<Platform, "driver" | "records" | "now" | "log">,
  runs: readonly PrunableRun[],
): Promise<number> {
  let count = 0;
  for (const { id, path } of runs) {
    const at = now();
    const hasGone = await pruneRun(driver, id, { now: at, tombstone: (record) => tombstoneText(record, at) });
    if (!hasGone) continue;
    count += 1;
    log.info({ run_id: id, path }, "run pruned");
  }
  if (count > 0) await buryRecords(driver, records);
  return count;
}
