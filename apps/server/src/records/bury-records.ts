import { encodeJson } from "@notemill/json";
import { listAll, type Store } from "@notemill/storage";
import { type Driver, noteBuried, type PrunedRecord, unburiedRecords } from "@notemill/store";
import { writeOnce } from "./write-once.ts";

/** Name of the file that stays where a record was. */
export const TOMBSTONE_NAME = "tombstone.json";

const PAGE = 100;

/** The text of a tombstone: what was there, its place in the chain, and when it went. */
export function tombstoneText(record: PrunedRecord, now: Date): string {
  const facts = {
    format: "notemill.tombstone/1",
    run_id: record.runId,
    attempt: record.attempt,
    seq: record.seq,
    manifest_sha256: record.sha256,
    previous_sha256: record.previousSha256,
    pruned_at: now.toISOString(),
    run: {
      owner: record.owner,
      path: record.path,
      created_at: record.createdAt.toISOString(),
      source_sha256: record.sourceHash,
    },
    attempt_id: record.attemptId,
    status: record.status,
    finished_at: record.finishedAt.toISOString(),
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
