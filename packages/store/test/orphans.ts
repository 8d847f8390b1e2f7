import { expect } from "vitest";
import type { Driver } from "../src/index.ts";

/** What rows of every run point to, which the database itself does not check. */
const POINTERS = [
  ["run", "source_hash", "source", "hash"],
  ["attempt", "run_id", "run", "id"],
  ["attempt", "runner_id", "runner", "id"],
  ["ready", "attempt_id", "attempt", "id"],
  ["event", "run_id", "run", "id"],
  ["record", "attempt_id", "attempt", "id"],
  ["record_file", "attempt_id", "attempt", "id"],
  ["trigger_slot", "trigger_id", "trigger", "id"],
  ["trigger_slot", "run_id", "run", "id"],
] as const;

/** Expects that no row points to one that is not there. */
export async function expectNoOrphans(driver: Driver): Promise<void> {
  for (const [table, column, target, key] of POINTERS) {
    const rows = await driver.query(
      `select ${column} from ${table} where ${column} is not null
         and not exists (select from ${target} where ${target}.${key} = ${table}.${column})`,
    );
    expect(rows, `${table}.${column} points to no ${target}`).toEqual([]);
  }
}
