import type { Driver, Queries } from "../driver/driver.ts";
import { type FileChange, type StoredFileVersion, toVersions, VERSION_COLUMNS } from "./file-row.ts";
import { newestFileVersion } from "./read-versions.ts";

/** Bytes in the store of versions. */
export interface FileBlob {
  readonly sha256: string;
  readonly key: string;
  readonly size: number;
  /** Whether they were put there for this, or are there for others and may be about to go. */
  readonly isFresh: boolean;
}

/** A save that is about to happen. */
export interface NewFileSave {
  readonly id: string;
  readonly path: string;
  readonly owner: string;
  readonly author: string;
  readonly kind: Exclude<FileChange, "found" | "deleted">;
  readonly otherPath: string | null;
  readonly blob: FileBlob;
  readonly now: Date;
}

/**
 * Notes a save before the file is written, so that a crash between the two costs
 * no name of an author.
 *
 * @returns The key under which the bytes are kept, which may be that of somebody
 * who was faster with the same; null where bytes that were not fresh are gone.
 */
export async function beginFileSave(driver: Driver, save: NewFileSave): Promise<string | null> {
  const { blob } = save;
  return driver.tx(async (queries) => {
    const key = await holdBlob(queries, blob);
    if (key === null) return null;
    await queries.query(
      `insert into file_save (id, path, owner, kind, sha256, size, author, other_path, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        save.id,
        save.path,
        save.owner,
        save.kind,
        blob.sha256,
        blob.size,
        save.author,
        save.otherPath,
        save.now,
      ],
    );
    return key;
  });
}

/**
 * Makes a version of a save whose bytes are in the file. Where somebody who looked
 * at the file was faster, it is theirs, with the author of the save.
 */
export async function endFileSave(
  driver: Driver,
  save: Pick<NewFileSave, "id" | "path" | "now"> & { readonly sha256: string; readonly etag: string },
): Promise<StoredFileVersion> {
  const { path, sha256, etag, now } = save;
  return driver.tx(async (queries) => {
    const pending = await takeSave(queries, "id = $1", [save.id]);
    if (pending !== null) return appendVersion(queries, { ...pending, path, etag, createdAt: now });
    const rows = await queries.query(
      `select ${VERSION_COLUMNS} from file_version where path = $1 and sha256 = $2 order by number desc limit 1`,
      [path, sha256],
    );
    const [version] = toVersions(rows);
    if (version === undefined) throw new Error(`the save ${save.id} of "${path}" has left no version`);
    return version;
  });
}

/** Forgets a save that did not happen. */
export async function dropFileSave(queries: Queries, id: string): Promise<void> {
  await queries.query("delete from file_save where id = $1", [id]);
}

/** What a look at a file has found. */
export interface FoundFile {
  readonly path: string;
  readonly owner: string;
  readonly etag: string;
  readonly blob: FileBlob;
  readonly now: Date;
}

/**
 * Makes a version of what is in a file and in none of its versions: the save of a
 * server that died in the middle, or a change from outside.
 *
 * @returns Null where bytes that were not fresh are gone.
 */
export async function noteFoundFile(driver: Driver, found: FoundFile): Promise<StoredFileVersion | null> {
  const { path, owner, etag, blob, now } = found;
  return driver.tx(async (queries) => {
    await lockHistory(queries, { path, owner });
    const newest = await newestFileVersion(queries, path);
    if (newest?.etag === etag) return newest;
    if ((await holdBlob(queries, blob)) === null) return null;
    const pending = await takeSave(
      queries,
      "id = (select id from file_save where path = $1 and sha256 = $2 order by created_at limit 1)",
      [path, blob.sha256],
    );
    const { sha256, size } = blob;
    const made = pending ?? { owner, kind: "found" as const, sha256, size, author: null, otherPath: null };
    return appendVersion(queries, { ...made, path, etag, createdAt: pending?.createdAt ?? now });
  });
}

/** Makes a version that says that the file is gone; none where the newest one says so. */
export async function noteDeletedFile(
  driver: Driver,
  gone: {
    readonly path: string;
    readonly owner: string;
    readonly author: string | null;
    readonly otherPath: string | null;
    readonly now: Date;
  },
): Promise<StoredFileVersion> {
  const { path, owner, now } = gone;
  return driver.tx(async (queries) => {
    await lockHistory(queries, { path, owner });
    const newest = await newestFileVersion(queries, path);
    if (newest?.kind === "deleted") return newest;
    const nothing = { kind: "deleted", sha256: null, size: null, etag: null, createdAt: now } as const;
    return appendVersion(queries, { ...gone, ...nothing });
  });
}

/** Keeps bytes from being removed until the transaction ends, and so makes them safe to refer to. */
async function holdBlob(queries: Queries, { sha256, key, size, isFresh }: FileBlob): Promise<string | null> {
  if (isFresh) {
    await queries.query(
      "insert into file_blob (sha256, key, size) values ($1, $2, $3) on conflict (sha256) do nothing",
      [sha256, key, size],
    );
  }
  const [row] = await queries.query("select key from file_blob where sha256 = $1 for key share", [sha256]);
  return row === undefined ? null : String(row["key"]);
}

type Pending = Omit<StoredFileVersion, "path" | "number" | "etag"> & { readonly owner: string };

async function takeSave(
  queries: Queries,
  condition: string,
  values: readonly string[],
): Promise<Pending | null> {
  const [row] = await queries.query(
    `delete from file_save where ${condition} returning owner, kind, sha256, size::float8 as size, author,
       other_path as "otherPath", created_at as "createdAt"`,
    values,
  );
  return (row as unknown as Pending | undefined) ?? null;
}

async function lockHistory(
  queries: Queries,
  { path, owner }: { readonly path: string; readonly owner: string },
): Promise<void> {
  await queries.query(
    `insert into file_history (path, owner, last_number) values ($1, $2, 0)
     on conflict (path) do update set last_number = file_history.last_number`,
    [path, owner],
  );
}

async function appendVersion(
  queries: Queries,
  version: Omit<StoredFileVersion, "number"> & { readonly owner: string },
): Promise<StoredFileVersion> {
  const { path, owner, kind, sha256, size, etag, author, otherPath, createdAt } = version;
  const rows = await queries.query(
    `with history as (
       insert into file_history (path, owner, last_number) values ($1, $2, 1)
       on conflict (path) do update set last_number = file_history.last_number + 1
       returning last_number
     )
     insert into file_version (path, number, kind, sha256, size, etag, author, other_path, created_at)
     select $1, last_number, $3, $4, $5, $6, $7, $8, $9 from history returning ${VERSION_COLUMNS}`,
    [path, owner, kind, sha256, size, etag, author, otherPath, createdAt],
  );
  const [made] = toVersions(rows);
  if (made === undefined) throw new Error(`the version of "${path}" was not kept`);
  return made;
}
