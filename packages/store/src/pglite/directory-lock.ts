import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "../store-error.ts";

/** The only owner of a directory, until it is disposed of or its process ends, however it ends. */
export interface DirectoryLock extends Disposable {
  readonly path: string;
}

/**
 * Takes the lock of a database directory: a file beside it.
 *
 * Node has no `flock`. SQLite, which it brings, holds a lock of the operating
 * system while an exclusive transaction is open: the system lets go of it when the
 * process dies, nothing is left to be mistaken for a live owner, and nobody can steal it.
 *
 * @throws {@link StoreError} `STORE_LOCKED` when another owner is alive, in this process or another.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = `${directory}.lock`;
  await mkdir(dirname(path), { recursive: true });
  const file = new DatabaseSync(path);
  try {
    file.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (cause) {
    file.close();
    if ((cause as { errcode?: number }).errcode === SQLITE_BUSY) throw locked(directory, cause);
    throw new StoreError("STORE_OPEN_FAILED", `cannot lock the database directory "${directory}"`, { cause });
  }
  return {
    path,
    [Symbol.dispose]() {
      if (file.isOpen) file.close();
    },
  };
}

const SQLITE_BUSY = 5;

function locked(directory: string, cause: unknown): StoreError {
  return new StoreError(
    "STORE_LOCKED",
    `a server, or another process, already runs on the database in "${directory}"; use that server, end it (Ctrl-C where it was started), or give this one another data directory with --data`,
    { cause, details: { directory } },
  );
}
