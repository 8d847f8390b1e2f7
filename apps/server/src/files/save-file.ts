import { isCodedError } from "@notemill/errors";
import {
  beginFileSave,
  dropFileSave,
  endFileSave,
  type FileBlob,
  type NewFileSave,
  pruneFileHistory,
  type StoredFileVersion,
} from "@notemill/store";
import type { Mounted } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { explainedError, fileChanged, fileExists, isDirectory, refuseReadOnly } from "./file-problems.ts";
import { captureFile, lookAtFile, type SeenFile } from "./look-at-file.ts";
import type { KnownBytes } from "./version-blobs.ts";

/** What has to be true of a file for a save to happen. */
export type SaveCondition =
  | { readonly kind: "absent" }
  /** One of these etags, unquoted. */
  | { readonly kind: "matches"; readonly etags: readonly string[] }
  /** It is there, whatever it is. What it was stays as a version. */
  | { readonly kind: "present" }
  | { readonly kind: "any" };

/** A save. */
export interface SaveRequest {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What is known of the bytes. Default: nothing. */
  readonly expected?: KnownBytes;
  readonly condition: SaveCondition;
  readonly kind: NewFileSave["kind"];
  readonly otherPath?: string | null;
}

/** A file that was saved. */
export interface SavedFile {
  readonly version: StoredFileVersion;
  readonly isNew: boolean;
}

/** How often to try again when somebody else changes a file all the time. */
const TRIES = 20;

/**
 * Saves a file, and makes a version of it. What was in the file is a version too,
 * and the store replaces nothing but that, so that no update is lost. Bytes that
 * are in the file already make no version.
 *
 * @throws {@link ServerError} `FILE_CHANGED`, `FILE_EXISTS`, `FILE_READ_ONLY`, `BODY_TOO_LARGE`, `FILE_IS_DIRECTORY`.
 */
export async function saveFile(platform: Platform, file: Mounted, request: SaveRequest): Promise<SavedFile> {
  const { versions, maxFileBytes } = platform;
  refuseReadOnly(file);
  try {
    if (await file.store.hasDirectory(file.path)) throw isDirectory(file);
    // Before any byte is read, and again when they are all there.
    checkCondition(file, request.condition, await lookAtFile(platform, file));
    const { expected } = request;
    const blob = await versions.keep(request.bytes, { maxBytes: maxFileBytes, expected });
    return await saveBlob(platform, file, { ...request, blob });
  } catch (error) {
    throw explainedError(error, file);
  }
}

async function saveBlob(
  platform: Platform,
  file: Mounted,
  request: SaveRequest & { readonly blob: FileBlob },
): Promise<SavedFile> {
  const { driver, versions, newId, now, user } = platform;
  const { kind, otherPath = null } = request;
  const path = file.virtualPath;
  const noted = { id: newId(), path, owner: user, author: user, kind, otherPath, now: now() };
  let { blob } = request;
  let key = await beginFileSave(driver, { ...noted, blob });
  if (key === null) {
    // Bytes that were kept already have just been let go: these are kept anew.
    blob = await versions.keep(request.bytes, { maxBytes: platform.maxFileBytes });
    key = await beginFileSave(driver, { ...noted, blob });
  }
  try {
    // Somebody else has kept the same bytes meanwhile.
    if (blob.isFresh && key !== blob.key) await versions.remove(blob.key);
    return await writeVersion(platform, file, { ...request, ...noted, blob, key: key ?? blob.key });
  } finally {
    // There is nothing to forget of one that has its version.
    await dropFileSave(driver, noted.id);
  }
}

async function writeVersion(
  platform: Platform,
  file: Mounted,
  save: SaveRequest & {
    readonly id: string;
    readonly blob: FileBlob;
    readonly key: string;
    readonly now: Date;
  },
): Promise<SavedFile> {
  const { driver, versions, keepVersions } = platform;
  const { sha256 } = save.blob;
  for (let tries = 1; ; tries += 1) {
    const seen = await captureFile(platform, file);
    checkCondition(file, save.condition, seen);
    const { info, version } = seen;
    if (info !== null && version?.sha256 === sha256) return { version, isNew: false };
    if (tries > TRIES) throw fileChanged(file, seen);
    const opened = await versions.open(save.key);
    try {
      const condition = info === null ? ({ ifNoneMatch: "*" } as const) : { ifMatch: info.etag };
      const { etag } = await file.store.write(file.path, opened.bytes, condition);
      const { id, now } = save;
      const made = await endFileSave(driver, { id, path: file.virtualPath, now, sha256, etag });
      await pruneFileHistory(driver, file.virtualPath, keepVersions.count);
      return { version: made, isNew: info === null };
    } catch (error) {
      // Somebody was faster: what is there now is looked at, and may be just what was asked for.
      if (!(isCodedError(error) && error.code === "STORAGE_CONFLICT")) throw error;
    } finally {
      await opened.close();
    }
  }
}

/** @throws {@link ServerError} `FILE_CHANGED`, `FILE_EXISTS`. */
export function checkCondition(file: Mounted, condition: SaveCondition, seen: SeenFile): void {
  const { info } = seen;
  switch (condition.kind) {
    case "any":
      return;
    case "absent":
      if (info !== null) throw fileExists(file, seen);
      return;
    case "present":
      if (info === null) throw fileChanged(file, seen);
      return;
    case "matches":
      if (info === null || !condition.etags.includes(info.etag)) throw fileChanged(file, seen);
  }
}
