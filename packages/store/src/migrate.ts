import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { Driver, Queries } from "./driver/driver.ts";
import { StoreError } from "./store-error.ts";

/** Options of {@link migrate}. */
export interface MigrateOptions {
  /** The time that is noted beside what is applied. */
  readonly now: Date;
  /** Directory of the SQL files. Default: this package's own; a program that was bundled names its copy. */
  readonly directory?: URL | string;
}

/**
 * Brings a database to the form that this version knows, in one transaction.
 *
 * Each `.sql` file is applied once, in the order of names; forward only. Servers
 * that start together wait for each other.
 *
 * @returns The names that were applied now.
 * @throws {@link StoreError} `STORE_MIGRATION_CHANGED` where an applied file is no
 * longer the same, `STORE_NEWER` where the database has one that is unknown here.
 */
export async function migrate(driver: Driver, options: MigrateOptions): Promise<readonly string[]> {
  const files = await readMigrations(options.directory ?? new URL("../sql/", import.meta.url));
  return driver.tx(async (queries) => {
    await queries.query(`select pg_advisory_xact_lock(${LOCK_NUMBER})`);
    await queries.query(
      "create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null)",
    );
    const applied = await appliedMigrations(queries);
    check(files, applied);
    const missing = files.filter(({ name }) => !applied.has(name));
    for (const { name, sql, sha256 } of missing) {
      await queries.query(sql);
      await queries.query("insert into migration (name, sha256, applied_at) values ($1, $2, $3)", [
        name,
        sha256,
        options.now,
      ]);
    }
    return missing.map(({ name }) => name);
  });
}

/** Any number, as long as it is always the same. */
const LOCK_NUMBER = 1_853_123_696;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

async function readMigrations(directory: URL | string): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = directory instanceof URL ? new URL(name, directory) : `${directory}/${name}`;
      const sql = await readFile(file, "utf8");
      return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function appliedMigrations(queries: Queries): Promise<ReadonlyMap<string, string>> {
  const rows = await queries.query("select name, sha256 from migration order by name");
  return new Map(rows.map(({ name, sha256 }) => [String(name), String(sha256)]));
}

function check(files: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of applied) {
    const here = known.get(name);
    if (here === sha256) continue;
    if (here === undefined) {
      throw new StoreError(
        "STORE_NEWER",
        `the database has the migration "${name}", which this version does not know; use the newer version`,
        { details: { name } },
      );
    }
    throw new StoreError(
      "STORE_MIGRATION_CHANGED",
      `the migration "${name}" is not what the database was made with; a released migration is never edited`,
      { details: { name } },
    );
  }
}
