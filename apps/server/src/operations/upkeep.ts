import type { Store } from "@notemill/storage";
import { listAll } from "@notemill/storage";
import type { Platform } from "../platform.ts";

/** How often an embedded database is looked after, in milliseconds. */
const UPKEEP_MS = 15 * 60_000;

/** How often it is backed up, in milliseconds. */
const BACKUP_MS = 24 * 60 * 60_000;

/** How many backups stay. */
const KEEP = 7;

/** Looks after an embedded database and backs it up, again and again. Another database has means of its own. */
export function startUpkeep(platform: Platform): AsyncDisposable {
  const { driver, now, report, backups } = platform;
  if (driver.kind === "postgres") return { [Symbol.asyncDispose]: () => Promise.resolve() };
  let last = Promise.resolve();
  let backedUpAt: number | undefined;
  const work = async (): Promise<void> => {
    try {
      await driver.upkeep();
      backedUpAt ??= await newestBackup(backups);
      if (now().getTime() - backedUpAt < BACKUP_MS) return;
      await backUp(platform, backups);
      backedUpAt = now().getTime();
    } catch (error) {
      report("the upkeep of the database has failed and is tried again", error);
    }
  };
  const timer = setInterval(() => {
    last = last.then(work);
  }, UPKEEP_MS);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await last;
    },
  };
}

/**
 * Writes a backup of the database, and removes the oldest ones.
 *
 * @returns Its name, or null where the database is not ours to back up.
 */
export async function backUp(
  { driver, now, log }: Pick<Platform, "driver" | "now" | "log">,
  backups: Store,
): Promise<string | null> {
  const bytes = await driver.dump();
  if (bytes === null) return null;
  const name = `db-${now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, "")}.tar.gz`;
  await backups.write(name, bytes);
  log.info({ name, bytes: bytes.byteLength }, "database backed up");
  const names = await backupNames(backups);
  for (const old of names.slice(0, -KEEP)) await backups.delete(old);
  return name;
}

async function backupNames(backups: Store): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { path } of listAll(backups, ""))
    if (/^db-\d{8}T\d{6}Z\.tar\.gz$/.test(path)) names.push(path);
  return names.sort();
}

async function newestBackup(backups: Store): Promise<number> {
  const name = (await backupNames(backups)).at(-1);
  if (name === undefined) return 0;
  const [, year, month, day, hour, minute] = /^db-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(name) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
}
