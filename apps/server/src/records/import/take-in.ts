import { isCodedError } from "@notemill/errors";
import { readAll, type Store } from "@notemill/storage";
import {
  type ImportedRecord,
  importRecord,
  importSweep,
  inSavepoint,
  linkImportedRun,
  type Queries,
  type RunLink,
} from "@notemill/store";
import { readSweepText, SWEEP_NAME } from "../../sweeps/sweep-file.ts";
import { type FoundRecord, MOST_TEXT_BYTES, type RecordDamage } from "./find-records.ts";
import { RECORD_FORM } from "../record-form.ts";
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
  readonly leftOut: readonly RecordDamage[];
  /** What is missing of records that were taken. */
  readonly lacking: readonly RecordDamage[];
  readonly unlinked: readonly UnlinkedRun[];
}

/** The most bytes of an event: a server takes none in a request that is as long. */
const MOST_EVENT_BYTES = 64 * 2 ** 20;

/**
 * Puts records that were found whole into the database, within a transaction, and says what belongs to what.
 *
 * @param found - In the order of the chain. Of two at one place the first is taken.
 * @param mostEventBytes - Events that are longer stay in their files alone, which is told. Default 64 MiB.
 * @throws As the database does, where that is not for what a record says.
 */
export async function takeIn(
  queries: Queries,
  store: Store,
  found: readonly FoundRecord[],
  mostEventBytes = MOST_EVENT_BYTES,
): Promise<TakenIn> {
  const leftOut: RecordDamage[] = [];
  const lacking: RecordDamage[] = [];
  const linked: Parameters<typeof linkImportedRun>[1][] = [];
  let imported = 0;
  let last = 0;
  for (const record of found) {
    if (record.seq === last) continue;
    last = record.seq;
    try {
      let longEvents = 0;
      const onLeftOut = (): void => void (longEvents += 1);
      const read = await readRecord(store, record, { mostBytes: mostEventBytes, onLeftOut });
      if (await inSavepoint(queries, () => importRecord(queries, read))) imported += 1;
      if (longEvents > 0)
        lacking.push({
          path: `${record.directory}/${RECORD_FORM.events.name}`,
          message: `has ${longEvents} events of more than ${mostEventBytes} bytes, which stay in the file and are not in the database`,
        });
      const { id, rerunOf, resumes, sweepId, workflowRunId, startedByRun } = read.run;
      linked.push({ id, rerunOf, resumes, sweepId, workflowRunId, startedByRun });
      await restoreSweep(queries, store, read).catch((error: unknown) =>
        lacking.push({
          path: `${record.directory}/${SWEEP_NAME}`,
          message: `cannot be read, so that the run is here and which runs are of its sweep is not: ${whyDamaged(error)}`,
        }),
      );
    } catch (error) {
      leftOut.push({ path: record.directory, message: `was left out: ${whyDamaged(error)}` });
    }
  }
  const unlinked: UnlinkedRun[] = [];
  for (const run of linked)
    for (const missing of await linkImportedRun(queries, run)) unlinked.push({ runId: run.id, ...missing });
  return { imported, leftOut, lacking, unlinked };
}

/** Makes the run of a record the parent of its sweep again, where the record says that it is one. */
async function restoreSweep(
  queries: Queries,
  store: Store,
  { directory, files, run, attempt }: ImportedRecord,
): Promise<void> {
  if (!files.some(({ name }) => name === SWEEP_NAME)) return;
  const bytes = await readAll(store, `${directory}/${SWEEP_NAME}`, { maxBytes: MOST_TEXT_BYTES });
  let made = 0;
  const newId = (): string => idOf(`${run.id}/${++made}`);
  const sweep = {
    ...readSweepText(Buffer.from(bytes).toString("utf8")),
    runId: run.id,
    finishedAt: attempt.finishedAt,
  };
  await inSavepoint(queries, () => importSweep(queries, sweep, newId));
}

/** Values that no column takes, keys that another row has, and what is too large. */
const NOT_TAKEN = /^(22|23|54)/;

/** What is wrong with a record. @throws The error, where that is wrong with the database. */
function whyDamaged(error: unknown): string {
  if (
    isCodedError(error) &&
    error.code.startsWith("STORE_") &&
    !NOT_TAKEN.test(String(error.details["sqlState"]))
  )
    throw error;
  return error instanceof Error ? error.message : String(error);
}
