import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";

/** Where Vitest's global set-up has made an embedded database that is migrated and empty. */
export const EMPTY_DATABASE = resolve(".notemill/test-database");

/**
 * Puts a copy of it at a path where nothing is yet; to make one there takes six times as long, which is what
 * whoever opens it does where there is none to copy, as in a benchmark.
 */
export async function placeEmptyDatabase(path: string): Promise<void> {
  if (!existsSync(EMPTY_DATABASE) || existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await promisify(execFile)("cp", ["-R", EMPTY_DATABASE, path]);
}
