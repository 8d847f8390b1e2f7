import { encodeJson } from "@notemill/json";
import { listAll, type Store } from "@notemill/storage";
import { type Driver, noteBuried, type PrunedRecord, unburiedRecords } from "@notemill/store";
import { writeOnce } from "./write-once.ts";

/** Name of the file that stays where a record was. */
export const TOMBSTONE_NAME = "tombstone.json";

const PAGE = 100;

/** The text of a tombstone: what was there, and when it went. */
export function tombstoneText({ runId, attempt, seq, sha256 }: PrunedRecord, now: Date): string {
  const facts = {
    format: "notemill.tombstone/1",
    run_id: runId,
    attempt,
    seq,
    manifest_sha256: sha256,
    pruned_at: now.toISOString(),
  };
  return `${encodeJson(facts, { indent: 2 })}\n`;
}

/** Puts tombstones in the place of the files of records that were pruned; what a crash came between too. */
export async function buryRecords(driver: Driver, records: Store): Promise<void> {
  for (let after = 0; ;) {
    const page = await unburiedRecords(driver, { after, limit: PAGE });
    for (const { seq, directory, tombstone } of page) {
      const path = `${directory}/${TOMBSTONE_NAME}`;
      await writeOnce(records, path, tombstone);
      for await (const entry of listAll(records, directory, { recursive: true }))
        if (entry.kind === "file" && entry.path !== path) await records.delete(entry.path);
      await noteBuried(driver, seq);
    }
    if (page.length < PAGE) return;
    after = page.at(-1)?.seq ?? after;
  }
}
