import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeEmptyDatabase } from "../../../tests/support/empty-database.ts";
import { type Driver, openPglite } from "../src/index.ts";

/** Opens an embedded database that is migrated and empty, in a directory that goes with it. */
export async function openEmptyPglite(): Promise<Driver> {
  const directory = await mkdtemp(join(tmpdir(), "notemill-pglite-"));
  await placeEmptyDatabase(join(directory, "db"));
  const driver = await openPglite(join(directory, "db"));
  const close = async (): Promise<void> => {
    await driver.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { ...driver, close, [Symbol.asyncDispose]: close };
}
