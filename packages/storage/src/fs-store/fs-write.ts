import { createHash } from "node:crypto";
import { linkSync, lstatSync } from "node:fs";
import { rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { type OwnerAndMode, unlinkIfThere, writeTemporaryFile } from "../files/replace-file.ts";
import { temporaryPath } from "../files/temporary-file.ts";
import type { Chunks } from "../files/write-chunks.ts";
import { StorageError } from "../storage-error.ts";
import { conflict } from "../store/conflict.ts";
import type { StorePath } from "../store/store-path.ts";
import type { Conditions, DeleteOptions, StatOptions, Written } from "../store/store.ts";
import { withFileLock } from "./file-lock.ts";
import { type FsPlace, inDirectoryOf, openIn } from "./fs-place.ts";
import { errnoOf, type OpenDirectory } from "./open-directory.ts";

/** Creates or replaces a file, as {@link Store.write} promises. */
export async function writeFile(
  place: FsPlace,
  path: StorePath,
  chunks: Chunks,
  options: Conditions & StatOptions,
): Promise<Written> {
  return inDirectoryOf(place, path, { create: true }, async (directory, name) => {
    const target = join(directory.path, name);
    const temporary = temporaryPath(target);
    const sum = summed(chunks);
    // Of what is only created there is nothing to keep.
    const existing = options.ifNoneMatch === "*" ? null : existingOwner(directory, name);
    await writeTemporaryFile(temporary, sum.chunks, { existing, durable: true, signal: options.signal });
    try {
      if (options.ifNoneMatch === "*") create(temporary, target, path);
      else await replace(place, directory, name, temporary, path, options);
    } finally {
      unlinkIfThere(temporary);
    }
    await directory.sync();
    return sum.written();
  });
}

/** Removes a file, as {@link Store.delete} promises. */
export async function deleteFile(place: FsPlace, path: StorePath, options: DeleteOptions): Promise<boolean> {
  try {
    return await inDirectoryOf(place, path, { create: false }, async (directory, name) => {
      const target = join(directory.path, name);
      // What is not there is not locked. To be told by an error takes ten times as long.
      if (options.ifMatch === undefined && lstatSync(target, { throwIfNoEntry: false }) === undefined)
        return false;
      const deleted = await withFileLock(
        directory.path,
        name,
        async (lock) => {
          if (!(await checkEtag(place, directory, name, path, options))) return false;
          lock.assertHeld();
          // Letting go of a large file may take long.
          await unlink(target);
          return true;
        },
        options.signal,
      );
      if (deleted) await directory.sync();
      return deleted;
    });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno !== "ENOENT" && errno !== "ENOTDIR") throw error;
    if (options.ifMatch !== undefined) throw conflict(path, options);
    return false;
  }
}

/** `link` fails where the name is taken, on every file system and among all processes. */
function create(temporary: string, target: string, path: StorePath): void {
  try {
    linkSync(temporary, target);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "EEXIST") throw conflict(path, { ifNoneMatch: "*" }, error);
    if (errno === "EPERM" || errno === "ENOTSUP" || errno === "EOPNOTSUPP" || errno === "EMLINK") {
      throw noHardLinks(path, error);
    }
    throw error;
  }
}

/** Every replacement takes the lock, or it could come between the check and the change of a conditional one. */
async function replace(
  place: FsPlace,
  directory: OpenDirectory,
  name: string,
  temporary: string,
  path: StorePath,
  options: Conditions & StatOptions,
): Promise<void> {
  await withFileLock(
    directory.path,
    name,
    async (lock) => {
      if (options.ifMatch !== undefined) await checkEtag(place, directory, name, path, options);
      lock.assertHeld();
      // Letting go of a large file in its place may take long.
      await rename(temporary, join(directory.path, name));
    },
    options.signal,
  );
}

/** Tells whether there is a file. @throws `STORAGE_CONFLICT` where it is not the expected one. */
async function checkEtag(
  place: FsPlace,
  directory: OpenDirectory,
  name: string,
  path: StorePath,
  conditions: Conditions,
): Promise<boolean> {
  const file = openIn(directory, name);
  try {
    const expected = conditions.ifMatch;
    if (expected !== undefined && (!file || (await place.etagOf(file)) !== expected)) {
      throw conflict(path, conditions);
    }
    return file !== null;
  } finally {
    file?.close();
  }
}

function existingOwner(directory: OpenDirectory, name: string): OwnerAndMode | null {
  const file = openIn(directory, name);
  if (!file) return null;
  try {
    const { uid, gid, mode } = file.stat();
    return { uid: Number(uid), gid: Number(gid), mode: Number(mode) };
  } finally {
    file.close();
  }
}

/** Counts and hashes the chunks as they pass. */
function summed(chunks: Chunks): { readonly chunks: Chunks; readonly written: () => Written } {
  const hash = createHash("sha256");
  let size = 0;
  async function* passed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk;
      hash.update(bytes);
      size += bytes.byteLength;
      yield bytes;
    }
  }
  return { chunks: passed(), written: () => ({ etag: hash.digest("hex"), size }) };
}

function noHardLinks(path: StorePath, cause: unknown): StorageError {
  return new StorageError(
    "STORAGE_UNSUPPORTED",
    `cannot create "${path}": the file system has no hard links, which creating without overwriting needs; use another`,
    { cause, details: { path } },
  );
}
