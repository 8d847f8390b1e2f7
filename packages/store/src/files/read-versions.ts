import type { Queries } from "../driver/driver.ts";
import { type StoredFileVersion, toVersions, VERSION_COLUMNS } from "./file-row.ts";

/** The newest version of a file, deletions included, or null. */
export async function newestFileVersion(queries: Queries, path: string): Promise<StoredFileVersion | null> {
  const rows = await queries.query(
    `select ${VERSION_COLUMNS} from file_version where path = $1 order by number desc limit 1`,
    [path],
  );
  return toVersions(rows)[0] ?? null;
}

/** The newest version of a file that has bytes, or null. */
export async function newestFileContent(queries: Queries, path: string): Promise<StoredFileVersion | null> {
  const rows = await queries.query(
    `select ${VERSION_COLUMNS} from file_version where path = $1 and sha256 is not null order by number desc limit 1`,
    [path],
  );
  return toVersions(rows)[0] ?? null;
}

/** One version of a file, or null. */
export async function getFileVersion(
  queries: Queries,
  path: string,
  number: number,
): Promise<StoredFileVersion | null> {
  const rows = await queries.query(
    `select ${VERSION_COLUMNS} from file_version where path = $1 and number = $2`,
    [path, number],
  );
  return toVersions(rows)[0] ?? null;
}

/** A page of the versions of a file, newest first. */
export async function listFileVersions(
  queries: Queries,
  path: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<readonly StoredFileVersion[]> {
  const rows = await queries.query(
    `select ${VERSION_COLUMNS} from file_version
     where path = $1 and ($2::int is null or number < $2) order by number desc limit $3`,
    [path, before, limit],
  );
  return toVersions(rows);
}

/** Where in the store of versions some bytes are, or null where nobody keeps them. */
export async function fileBlobKey(queries: Queries, sha256: string): Promise<string | null> {
  const [row] = await queries.query("select key from file_blob where sha256 = $1", [sha256]);
  return row === undefined ? null : String(row["key"]);
}
