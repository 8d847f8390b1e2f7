import type { Driver } from "./driver/driver.ts";
import { openPglite, type PgliteOptions } from "./pglite/open-pglite.ts";
import { StoreError } from "./store-error.ts";

/**
 * Opens the database that a URL names: `postgres://…`, or `pglite:DIRECTORY`.
 *
 * @throws {@link StoreError} `STORE_OPEN_FAILED`, `STORE_LOCKED`.
 */
export async function openDatabase(url: string, options: PgliteOptions = {}): Promise<Driver> {
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import("./postgres/open-postgres.ts");
    return openPostgres(url);
  }
  if (url.startsWith("pglite:")) return openPglite(url.slice("pglite:".length), options);
  throw new StoreError(
    "STORE_OPEN_FAILED",
    `cannot open the database "${url.split(":", 1)[0]}:…": expected postgres://… or pglite:DIRECTORY`,
  );
}
