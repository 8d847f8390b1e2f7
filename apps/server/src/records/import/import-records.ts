import { join, resolve } from "node:path";
import { openFsStore, type Store } from "@notemill/storage";
import { holdHistory, lastPlace, listRecords, migrate, openDatabase, type Queries } from "@notemill/store";
import {
  chainDamage,
  findRecords,
  type FoundRecord,
  type FoundRecords,
  type RecordDamage,
} from "./find-records.ts";
import { takeIn, type UnlinkedRun } from "./take-in.ts";

/** Options of {@link importRecords}. */
export interface ImportOptions {
  /** Whose `runs` are read. */
  readonly dataDirectory: string;
  /** `postgres://…`. Default: the embedded database of the data directory. */
  readonly databaseUrl?: string;
  /** Where the parts of a bundled program are. Default: as the packages have them. */
  readonly assets?: { readonly migrations: string; readonly databaseWorker: string };
  /** Import what can be read although something is damaged. Default false: nothing is imported then. */
  readonly acceptDamage?: boolean;
  /** Events that are longer in their files are left out, which counts as damage. Default 64 MiB. */
  readonly mostEventBytes?: number;
  /** Default: the clock of the machine. */
  readonly now?: () => Date;
}

/** What {@link importRecords} did. */
export interface ImportOutcome {
  /** Records that were found. */
  readonly found: number;
  /** Records that the database did not have. */
  readonly imported: number;
  readonly damage: readonly RecordDamage[];
  /** What records say that their runs belong to, and what is not there. */
  readonly unlinked: readonly UnlinkedRun[];
}

/**
 * Rebuilds the history of a database from the records of a data directory. What is
 * in the database already stays as it is, so that it can be done again.
 *
 * Everything is read and compared with the chain first; nothing is written when
 * something is damaged, unless that is accepted, or when it is cut off. No server may have the embedded
 * database open.
 *
 * @throws {@link StoreError} as the database does.
 */
export async function importRecords(options: ImportOptions): Promise<ImportOutcome> {
  return withHistory(options, {
    read: readHistory,
    importInto: (history, read) => importAll(history, read, options),
  });
}

/** What an import reads and writes. */
export interface History {
  /** Of the transaction; of the database where there is none yet. */
  readonly queries: Queries;
  readonly records: Store;
  /** Takes back what was written to the database. */
  readonly undo: () => Promise<unknown>;
}

/** The two parts of an import. */
export interface ImportSteps<Read> {
  /** Reads and hashes files: it takes long, and no run that ends waits for it. */
  readonly read: (place: Omit<History, "undo">) => Promise<Read>;
  /** Within the transaction, for which every run that ends has to wait. */
  readonly importInto: (history: History, read: Read) => Promise<ImportOutcome>;
}

/**
 * Opens the database and the records of a data directory for an import, which is one transaction: a run
 * of which some attempts are missing would look as if it had ended with those that are there.
 */
export async function withHistory<Read>(
  options: ImportOptions,
  { read, importInto }: ImportSteps<Read>,
): Promise<ImportOutcome> {
  const { assets, now = () => new Date() } = options;
  const data = resolve(options.dataDirectory);
  const records = openFsStore(join(data, "runs"));
  await using driver = await openDatabase(
    options.databaseUrl ?? `pglite:${join(data, "db")}`,
    assets === undefined ? {} : { workerFile: assets.databaseWorker },
  );
  await migrate(driver, { now: now(), ...(assets === undefined ? {} : { directory: assets.migrations }) });
  const found = await read({ queries: driver, records });
  return await driver.tx(async (queries) => {
    await holdHistory(queries);
    await queries.query("savepoint history");
    const undo = (): Promise<unknown> => queries.query("rollback to savepoint history");
    return importInto({ queries, records, undo }, found);
  });
}

/** What was read before the transaction. */
interface ReadHistory {
  readonly found: FoundRecords;
  /** The last place of the database's chain before. */
  readonly last: number;
  readonly damage: readonly RecordDamage[];
}

async function readHistory({ queries, records }: Omit<History, "undo">): Promise<ReadHistory> {
  const last = await lastPlace(queries);
  const found = await findRecords(records);
  return { found, last, damage: [...found.damage, ...chainDamage(found.records)] };
}

async function importAll(
  { queries, records, undo }: History,
  { found, last, damage: read }: ReadHistory,
  { acceptDamage = false, mostEventBytes }: ImportOptions,
): Promise<ImportOutcome> {
  const strangers = await findStrangers(queries, found.records, last);
  const damage = [...read, ...strangers];
  // Two histories cannot be made one, whatever is accepted.
  const nothing = { found: found.records.length, imported: 0, damage, unlinked: [] };
  if (strangers.length > 0 || (damage.length > 0 && !acceptDamage)) return nothing;
  const { leftOut, lacking, ...taken } = await takeIn(queries, records, found.records, mostEventBytes);
  damage.push(...leftOut, ...lacking);
  if (damage.length === 0 || acceptDamage) return { found: found.records.length, ...taken, damage };
  await undo();
  return nothing;
}

/**
 * Records of the database that are not those of the store: another history has begun in it.
 *
 * @param last - The last place of its chain before the store was read: what came since may not be in the store yet.
 */
async function findStrangers(
  queries: Queries,
  found: readonly FoundRecord[],
  last: number,
): Promise<readonly RecordDamage[]> {
  const hashes = new Map(found.map(({ seq, sha256 }) => [seq, sha256]));
  const strangers: RecordDamage[] = [];
  for (let after = 0; ;) {
    const page = await listRecords(queries, { after, limit: 1000 });
    for (const { seq, sha256, directory, isPending } of page)
      if (!isPending && (seq <= last || hashes.has(seq)) && hashes.get(seq) !== sha256)
        strangers.push({
          path: directory,
          message: `is record ${seq} of the database, and another one in the store`,
        });
    if (page.length < 1000) return strangers;
    after = page.at(-1)?.seq ?? after;
  }
}
