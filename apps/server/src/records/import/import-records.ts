import { join, resolve } from "node:path";
import { openFsStore, type Store } from "@notemill/storage";
import { type Driver, listRecords, migrate, openDatabase } from "@notemill/store";
import { chainDamage, findRecords, type FoundRecord, type RecordDamage } from "./find-records.ts";
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
 * something is damaged, unless that is accepted. No server may have the embedded database open.
 *
 * @throws {@link StoreError} as the database does.
 */
export async function importRecords(options: ImportOptions): Promise<ImportOutcome> {
  return withHistory(options, (driver, records) => importAll(driver, records, options.acceptDamage === true));
}

/** Opens the database and the records of a data directory for an import, and closes them behind it. */
export async function withHistory(
  options: ImportOptions,
  importInto: (driver: Driver, records: Store) => Promise<ImportOutcome>,
): Promise<ImportOutcome> {
  const { assets, now = () => new Date() } = options;
  const data = resolve(options.dataDirectory);
  const records = openFsStore(join(data, "runs"));
  await using driver = await openDatabase(
    options.databaseUrl ?? `pglite:${join(data, "db")}`,
    assets === undefined ? {} : { workerFile: assets.databaseWorker },
  );
  await migrate(driver, { now: now(), ...(assets === undefined ? {} : { directory: assets.migrations }) });
  return await importInto(driver, records);
}

async function importAll(driver: Driver, store: Store, acceptDamage: boolean): Promise<ImportOutcome> {
  const found = await findRecords(store);
  const strangers = await findStrangers(driver, found.records);
  const damage = [...found.damage, ...chainDamage(found.records), ...strangers];
  // Two histories cannot be made one, whatever is accepted.
  if (strangers.length > 0 || (damage.length > 0 && !acceptDamage))
    return { found: found.records.length, imported: 0, damage, unlinked: [] };
  const taken = await takeIn(driver, store, { records: found.records, acceptDamage });
  return { found: found.records.length, ...taken, damage: [...damage, ...taken.damage] };
}

/** Records of the database that are not those of the store: another history has begun in it. */
async function findStrangers(
  driver: Driver,
  found: readonly FoundRecord[],
): Promise<readonly RecordDamage[]> {
  const hashes = new Map(found.map(({ seq, sha256 }) => [seq, sha256]));
  const strangers: RecordDamage[] = [];
  for (let after = 0; ;) {
    const page = await listRecords(driver, { after, limit: 1000 });
    for (const { seq, sha256, directory, isPending } of page)
      if (!isPending && hashes.get(seq) !== sha256)
        strangers.push({
          path: directory,
          message: `is record ${seq} of the database, and another one in the store`,
        });
    if (page.length < 1000) return strangers;
    after = page.at(-1)?.seq ?? after;
  }
}
