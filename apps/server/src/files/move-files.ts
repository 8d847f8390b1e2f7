import { listAll } from "@notemill/storage";
import { noteDeletedFile, type StoredFileVersion } from "@notemill/store";
import { inDirectory } from "../sources/declared-files.ts";
import type { Mounted } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { explainedError, fileChanged, fileNotFound, isConflict, refuseReadOnly } from "./file-problems.ts";
import { captureFile, lookAtFile } from "./look-at-file.ts";
import { checkCondition, type SaveCondition, saveFile } from "./save-file.ts";

/** How often to try again when somebody else changes a file all the time. */
const TRIES = 20;

/**
 * Deletes a file. Its bytes stay as a version, so that it can be restored.
 *
 * @param movedTo - Where it has gone. Default: nowhere.
 * @throws {@link ServerError} `FILE_NOT_FOUND`, `FILE_CHANGED`, `FILE_READ_ONLY`.
 */
export async function deleteFile(
  platform: Platform,
  file: Mounted,
  { condition, movedTo = null }: { readonly condition: SaveCondition; readonly movedTo?: string | null },
): Promise<StoredFileVersion> {
  const { driver, now, user } = platform;
  refuseReadOnly(file);
  for (let tries = 1; ; tries += 1) {
    const seen = await captureFile(platform, file);
    if (seen.info === null) throw fileNotFound(file);
    checkCondition(file, condition, seen);
    try {
      await file.store.delete(file.path, { ifMatch: seen.info.etag });
      const gone = { path: file.virtualPath, owner: user, author: user, otherPath: movedTo, now: now() };
      return await noteDeletedFile(driver, gone);
    } catch (error) {
      if (!isConflict(error)) throw error;
      if (tries === TRIES) throw fileChanged(file, seen);
    }
  }
}

/** What becomes of what is copied, and under which condition. */
export interface TransferRequest {
  readonly kind: "copied" | "moved";
  /** What has to be true of the target. */
  readonly condition: SaveCondition;
}

/**
 * Copies or moves one file. A file that is moved is first there and then gone, so
 * that nothing is lost in between.
 *
 * @throws {@link ServerError} `FILE_NOT_FOUND`, `FILE_EXISTS`, `FILE_CHANGED`, `FILE_READ_ONLY`.
 */
async function transferFile(
  platform: Platform,
  { from, to }: { readonly from: Mounted; readonly to: Mounted },
  { kind, condition }: TransferRequest,
): Promise<void> {
  if (kind === "moved") refuseReadOnly(from);
  const seen = kind === "moved" ? await captureFile(platform, from) : await lookAtFile(platform, from);
  if (seen.info === null) throw fileNotFound(from);
  const { etag } = seen.info;
  const opened = await from.store.read(from.path).catch((error: unknown) => {
    throw explainedError(error, from);
  });
  try {
    if (opened.etag !== etag) throw fileChanged(from, await lookAtFile(platform, from));
    const { sha256, size } = seen.version ?? { sha256: null, size: null };
    await saveFile(platform, to, {
      bytes: opened.bytes,
      ...(sha256 === null || size === null ? {} : { expected: { sha256, size } }),
      condition,
      kind,
      otherPath: from.virtualPath,
    });
  } finally {
    await opened.close();
  }
  if (kind === "moved") {
    const matches = { kind: "matches", etags: [etag] } as const;
    await deleteFile(platform, from, { condition: matches, movedTo: to.virtualPath });
  }
}

/** What a copy or move has done. */
export interface Transferred {
  readonly files: number;
}

/**
 * Copies or moves a file, or a directory with all that is in it, file by file. A
 * directory must not be there yet.
 *
 * @throws {@link ServerError} as for one file; `REQUEST_INVALID` for a directory into itself.
 */
export async function transfer(
  platform: Platform,
  { from, to }: { readonly from: Mounted; readonly to: Mounted },
  request: TransferRequest,
): Promise<Transferred> {
  refuseReadOnly(to);
  if (from.virtualPath === to.virtualPath || to.virtualPath.startsWith(`${from.virtualPath}/`)) {
    throw new ServerError("REQUEST_INVALID", `"${from.virtualPath}" cannot go into itself`, {
      details: { part: "body", field: "to" },
    });
  }
  if (!(await from.store.hasDirectory(from.path))) {
    await transferFile(platform, { from, to }, request);
    return { files: 1 };
  }
  if (request.kind === "moved") refuseReadOnly(from);
  if (await to.store.hasDirectory(to.path)) throw directoryExists(to);
  let files = 0;
  const directories = await directoriesIn(from);
  for (const path of directories) {
    await to.store.makeDirectory(inDirectory(to.path, path)).catch((error: unknown) => {
      throw explainedError(error, to);
    });
  }
  for await (const entry of listAll(from.store, from.path, { recursive: true })) {
    const name = entry.path.slice(from.path.length + 1);
    const parts = { from: below(from, name), to: below(to, name) };
    await transferFile(platform, parts, { ...request, condition: { kind: "absent" } });
    files += 1;
  }
  if (request.kind === "moved")
    for (const path of directories.toReversed())
      await from.store.removeDirectory(inDirectory(from.path, path));
  return { files };
}

/**
 * Deletes a directory with all that is in it; every file stays as a version.
 *
 * @throws {@link ServerError} `FILE_NOT_FOUND`, `DIRECTORY_NOT_EMPTY` unless it is to go with all that is in it.
 */
export async function deleteDirectory(
  platform: Platform,
  directory: Mounted,
  { isRecursive }: { readonly isRecursive: boolean },
): Promise<Transferred> {
  refuseReadOnly(directory);
  const { store, path, virtualPath } = directory;
  if (!(await store.hasDirectory(path))) throw fileNotFound(directory);
  if (!isRecursive && (await store.list(path, { limit: 1 })).entries.length > 0) {
    throw new ServerError(
      "DIRECTORY_NOT_EMPTY",
      `"${virtualPath}" is a directory that is not empty; ask for it with all that is in it`,
      { details: { path: virtualPath } },
    );
  }
  let files = 0;
  const directories = await directoriesIn(directory);
  for await (const entry of listAll(store, path, { recursive: true })) {
    await deleteFile(platform, below(directory, entry.path.slice(path.length + 1)), {
      condition: { kind: "any" },
    });
    files += 1;
  }
  for (const it of directories.toReversed()) await store.removeDirectory(inDirectory(path, it));
  return { files };
}

/** A directory and all below it, each before what is in it, relative to it; `""` is itself. */
async function directoriesIn({ store, path }: Mounted): Promise<readonly string[]> {
  const found = [""];
  for (const directory of found)
    for await (const { kind, path: inner } of listAll(store, inDirectory(path, directory)))
      if (kind === "directory") found.push(inner.slice(path.length + 1));
  return found;
}

function below(directory: Mounted, name: string): Mounted {
  return {
    ...directory,
    virtualPath: `${directory.virtualPath}/${name}`,
    path: inDirectory(directory.path, name),
  };
}

function directoryExists({ virtualPath }: Mounted): ServerError {
  return new ServerError(
    "FILE_EXISTS",
    `there is a directory "${virtualPath}" already; choose another name`,
    {
      details: { path: virtualPath },
    },
  );
}
