import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_SETTINGS } from "@notemill/api";
import { type Driver, migrate, openDatabase } from "@notemill/store";

/** Does something in a database that no server has yet. */
export async function inDatabase(
  url: string,
  directory: string,
  body: (driver: Driver) => Promise<void>,
): Promise<void> {
  await mkdir(join(directory, "data"), { recursive: true });
  await using driver = await openDatabase(url);
  await migrate(driver, { now: new Date() });
  await body(driver);
}

/** Puts finished runs into a database: one of twenty has failed. */
export async function fillRuns(driver: Driver, count: number): Promise<void> {
  await driver.query(
    "insert into source (hash, path, owner, created_at) values ('0', '/home/a/b.ipynb', 'a', now())",
  );
  const step = 100_000;
  for (let first = 0; first < count; first += step) {
    await driver.query(
      `insert into run (id, owner, status, path, source_hash, parameters, request_sha256, attempt, settings, created_at)
       select (lpad(to_hex(1700000000000 + n * 1000), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid,
         'a', case when n % 20 = 0 then 'failed' else 'succeeded' end, '/home/a/b.ipynb', '0', '{"alpha": 1}', '0', 1, $3,
         to_timestamp(1700000000 + n)
       from generate_series($1::bigint, $2::bigint) as n`,
      [first, first + step - 1, JSON.stringify(DEFAULT_SETTINGS)],
    );
  }
  await driver.query("analyze run");
}

/** The id of one of those runs, by its place. */
export function runId(place: number): string {
  const hex = (value: number): string => value.toString(16).padStart(12, "0");
  return `${hex(1_700_000_000_000 + place * 1000)}70008000${hex(place)}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})/,
    "$1-$2-$3-$4-",
  );
}
