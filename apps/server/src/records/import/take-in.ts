import { readAll, type Store } from "@notemill/storage";
import {
  type Driver,
  type ImportedRecord,
  importRecord,
  importSweep,
  linkImportedRun,
  type RunLink,
} from "@notemill/store";
import { readSweepText, SWEEP_NAME } from "../../sweeps/sweep-file.ts";
import type { FoundRecord, RecordDamage } from "./find-records.ts";
import { idOf } from "./id-of.ts";
import { readRecord } from "./read-record.ts";

/** A run whose record says that it belongs to something that the database does not have. */
export interface UnlinkedRun {
  readonly runId: string;
  readonly link: RunLink;
  /** Id of what is not there. */
  readonly to: string;
}

/** What {@link takeIn} did. */
export interface TakenIn {
  /** Records that the database did not have. */
  readonly imported: number;
  /** Records that could not be read and were left out. */
  readonly damage: readonly RecordDamage[];
  readonly unlinked: readonly UnlinkedRun[];
}

/**
 * Puts records that were found whole into the database, and says what belongs to what.
 *
 * @param options.records - In the order of the chain. Of two at one place the first is taken.
 * @throws What cannot be read, unless damage is accepted.
 */
export async function takeIn(
  driver: Driver,
  store: Store,
  options: { readonly records: readonly FoundRecord[]; readonly acceptDamage: boolean },
): Promise<TakenIn> {
  const damage: RecordDamage[] = [];
  const runs: ImportedRecord["run"][] = [];
  let imported = 0;
  let last = 0;
  for (const record of options.records) {
    if (record.seq === last) continue;
    last = record.seq;
    try {
      const read = await readRecord(store, record);
      if (await importRecord(driver, read)) imported += 1;
      await restoreSweep(driver, store, read);
      runs.push(read.run);
    } catch (error) {
      if (!options.acceptDamage) throw error;
      damage.push({ path: record.directory, message: `was left out: ${(error as Error).message}` });
    }
  }
  const unlinked: UnlinkedRun[] = [];
  for (const run of runs)
    for (const missing of await linkImportedRun(driver, run)) unlinked.push({ runId: run.id, ...missing });
  return { imported, damage, unlinked };
}

/** Makes the run of a record the parent of its sweep again, where the record says that it is one. */
async function restoreSweep(
  driver: Driver,
  store: Store,
  { directory, files, run, attempt }: ImportedRecord,
): Promise<void> {
  if (!files.some(({ name }) => name === SWEEP_NAME)) return;
  const text = Buffer.from(await readAll(store, `${directory}/${SWEEP_NAME}`)).toString("utf8");
  let made = 0;
  const newId = (): string => idOf(`${run.id}/${++made}`);
  const sweep = { ...readSweepText(text), runId: run.id, finishedAt: attempt.finishedAt };
  await importSweep(driver, sweep, newId);
}
