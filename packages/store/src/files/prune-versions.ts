import type { Driver, Queries } from "../driver/driver.ts";

/**
 * Removes the versions of one file that are too many.
 *
 * @returns How many have gone.
 */
export async function pruneFileHistory(queries: Queries, path: string, count: number): Promise<number> {
  const rows = await queries.query(
    `delete from file_version where path = $1 and number <= (
       select number from file_version where path = $1 order by number desc offset $2 limit 1
     ) returning number`,
    [path, Math.max(1, count)],
  );
  return rows.length;
}

/**
 * Removes versions that were replaced long ago, and what is left of files that were deleted then.
 *
 * @returns How many have gone; with as many as `limit` there may be more.
 */
export async function pruneOldVersions(
  queries: Queries,
  { replacedBefore, limit }: { readonly replacedBefore: Date; readonly limit: number },
): Promise<number> {
  const rows = await queries.query(
    `delete from file_version using (
       select path, number from file_version as old where created_at < $1 and (
         kind = 'deleted' or exists (
           select from file_version as newer
           where newer.path = old.path and newer.number > old.number and newer.created_at < $1
         )
       ) limit $2
     ) as gone where file_version.path = gone.path and file_version.number = gone.number
     returning file_version.number`,
    [replacedBefore, limit],
  );
  return rows.length;
}

/** Forgets saves of servers that died in the middle, which nobody has found in a file since. */
export async function dropOldSaves(queries: Queries, before: Date): Promise<void> {
  await queries.query("delete from file_save where created_at < $1", [before]);
}

/**
 * Lets go of bytes that no version has any longer.
 *
 * @returns Their keys in the store of versions, where they can be removed now: nobody will ask for them.
 */
export async function dropUnusedBlobs(driver: Driver, limit: number): Promise<readonly string[]> {
  const unused = await driver.query(
    `select sha256 from file_blob where not exists (select from file_version where file_version.sha256 = file_blob.sha256)
       and not exists (select from file_save where file_save.sha256 = file_blob.sha256) limit $1`,
    [limit],
  );
  const keys: string[] = [];
  for (const { sha256 } of unused) {
    // Whoever wants the bytes holds the row: then this waits, and finds them in use.
    const rows = await driver.tx(async (queries) => {
      await queries.query("select from file_blob where sha256 = $1 for update", [String(sha256)]);
      return queries.query(
        `delete from file_blob where sha256 = $1
           and not exists (select from file_version where sha256 = $1)
           and not exists (select from file_save where sha256 = $1) returning key`,
        [String(sha256)],
      );
    });
    keys.push(...rows.map(({ key }) => String(key)));
  }
  return keys;
}

/** Those of some keys in the store of versions that the database knows. */
export async function knownBlobKeys(queries: Queries, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await queries.query("select key from file_blob where key = any($1)", [keys]);
  return new Set(rows.map(({ key }) => String(key)));
}
