import type { FileInfo } from "@notemill/storage";
import {
  fileBlobKey,
  newestFileVersion,
  noteDeletedFile,
  noteFoundFile,
  type StoredFileVersion,
} from "@notemill/store";
import type { Mounted } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { isConflict } from "./file-problems.ts";

/** A file as it is now. */
export interface SeenFile {
  /** Null where there is no file. */
  readonly info: FileInfo | null;
  /** The version that is in the file; null for one that the server has never changed. */
  readonly version: StoredFileVersion | null;
}

/**
 * Looks at a file. A change that was not made through the server becomes a
 * version, where the file has versions.
 */
export async function lookAtFile(platform: Platform, file: Mounted): Promise<SeenFile> {
  const newest = file.isReadOnly ? null : await newestFileVersion(platform.driver, file.virtualPath);
  if (newest === null) return { info: await file.store.stat(file.path), version: null };
  return capture(platform, file);
}

/** The same, and what is in the file becomes a version in any case, so that it can be replaced without a loss. */
export async function captureFile(platform: Platform, file: Mounted): Promise<SeenFile> {
  return capture(platform, file);
}

async function capture(platform: Platform, file: Mounted): Promise<SeenFile> {
  const { driver, now, user } = platform;
  const path = file.virtualPath;
  for (;;) {
    const info = await file.store.stat(file.path);
    const newest = await newestFileVersion(driver, path);
    if (info === null) {
      if (newest === null || newest.kind === "deleted") return { info, version: newest };
      const gone = { path, owner: user, author: null, otherPath: null, now: now() };
      return { info, version: await noteDeletedFile(driver, gone) };
    }
    if (newest?.etag === info.etag) return { info, version: newest };
    const version = await note(platform, file, info);
    if (version !== null) return { info, version };
  }
}

/** Makes a version of what is in a file; null where that has changed meanwhile. */
async function note(platform: Platform, file: Mounted, info: FileInfo): Promise<StoredFileVersion | null> {
  const { driver, versions, now, user } = platform;
  const opened = await file.store.read(file.path).catch((error: unknown) => {
    if (isConflict(error)) return null;
    throw error;
  });
  if (opened === null || opened.etag !== info.etag) {
    await opened?.close();
    return null;
  }
  const blob = await versions.keep(opened.bytes, { maxBytes: Number.MAX_SAFE_INTEGER });
  const found = { path: file.virtualPath, owner: user, etag: info.etag, blob, now: now() };
  const version = await noteFoundFile(driver, found);
  // The same bytes may have been kept by somebody else.
  if ((await fileBlobKey(driver, blob.sha256)) !== blob.key) await versions.remove(blob.key);
  return version;
}
