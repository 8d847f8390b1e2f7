import { join } from "node:path";
import { type FsStore, openFsStore } from "@notemill/storage";
import { type Driver, graceLeases, listRecords, migrate, openDatabase } from "@notemill/store";
import type { ServerLog } from "../operations/server-log.ts";
import type { Metrics } from "../operations/metrics.ts";
import type { DataDirectories } from "./open-data.ts";
import type { ServerOptions } from "./server-options.ts";

interface HistoryOptions extends Pick<ServerOptions, "databaseUrl" | "assets"> {
  readonly directories: DataDirectories;
  readonly metrics: Metrics;
  readonly now: () => Date;
  readonly leaseMs: number;
  readonly log: ServerLog;
  /** Closes the database with the server. */
  readonly started: AsyncDisposableStack;
}

/** Opens the database, as new as this version wants it, and the store of records, and says so where one of them has lost what the other has. */
export async function openHistory(
  options: HistoryOptions,
): Promise<{ readonly driver: Driver; readonly records: FsStore }> {
  const { directories, databaseUrl, assets, metrics, now, leaseMs, log, started } = options;
  const opened = started.use(
    await openDatabase(
      databaseUrl ?? `pglite:${join(directories.data, "db")}`,
      assets === undefined ? {} : { workerFile: assets.databaseWorker },
    ),
  );
  const driver = metrics.measured(opened);
  await migrate(driver, {
    now: now(),
    ...(assets === undefined ? {} : { directory: assets.migrations }),
  });
  const records = openFsStore(directories.runs);
  if (await hasLostHistory(driver, records)) {
    log.error(
      {},
      "the database knows nothing of the records in the data directory; if it was lost, stop and call notemill runs import before anything new is run",
    );
  }
  await graceLeases(driver, new Date(now().getTime() + leaseMs));
  return { driver, records };
}

/** Whether there are records, and a database that has none. */
async function hasLostHistory(driver: Driver, records: FsStore): Promise<boolean> {
  const known = await listRecords(driver, { after: 0, limit: 1 });
  return known.length === 0 && (await records.list("", { limit: 1 })).entries.length > 0;
}
