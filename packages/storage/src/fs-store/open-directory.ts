import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "../storage-error.ts";
import { syncTogether } from "./sync-together.ts";

/** How a directory within the root is reached. */
export type Traversal = "descriptors" | "checked-paths";

/** A directory that is being worked in. */
export interface OpenDirectory extends Disposable {
  /** To be joined with one name: a path that leads to this very directory. */
  readonly path: string;
  /** Makes names created in or removed from it survive a power cut. */
  sync(): Promise<void>;
}

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** `descriptors` where the system has `/proc` (Linux), else `checked-paths`. */
export function bestTraversal(): Traversal {
  return existsSync("/proc/self/fd") ? "descriptors" : "checked-paths";
}

/**
 * Walks from `root` down `segments` without following a symbolic link.
 *
 * With `descriptors`, each directory is opened from the open one above it, so
 * that nobody can swap one for a link during the walk or after it. With
 * `checked-paths` every segment is looked at first; someone who may write in
 * the store and hits the moment between can lead the access elsewhere.
 *
 * Directories are opened without a detour by other threads, which would take ten times as long.
 *
 * @param options.create - Makes directories that are missing, durably.
 * @throws the system's error, or `STORAGE_PATH_INVALID` at a symbolic link.
 */
export async function openDirectory(
  root: string,
  segments: readonly string[],
  options: { readonly create: boolean; readonly traversal: Traversal },
): Promise<OpenDirectory> {
  const known = options.traversal === "descriptors" ? openKnown(root, segments) : null;
  let isMissing = known !== null && options.create;
  let above = known?.opened ?? openRoot(root, options.traversal);
  for (const segment of segments.slice(known?.depth ?? 0)) {
    try {
      const path = join(above.path, segment);
      if (isMissing) isMissing = await makeDirectory(path, above);
      const handle = await enter(path, segment, above, options);
      const previous = above;
      above = held(handle, options.traversal === "descriptors" ? null : path);
      previous[Symbol.dispose]();
    } catch (error) {
      above[Symbol.dispose]();
      throw error;
    }
  }
  return above;
}

function openRoot(root: string, traversal: Traversal): OpenDirectory {
  const start = openSync(root, constants.O_RDONLY | constants.O_DIRECTORY);
  return held(start, traversal === "descriptors" ? null : root);
}

/**
 * Opens the directory at once and asks the system where that led: three calls in place of two for each
 * segment. Where it is missing, the one above it that is there is opened so.
 *
 * @returns How many segments it is in; null where it is to be walked, as a link is on the way.
 */
function openKnown(
  root: string,
  segments: readonly string[],
): { readonly opened: OpenDirectory; readonly depth: number } | null {
  for (let depth = segments.length; depth > 0; depth--) {
    const path = join(root, ...segments.slice(0, depth));
    try {
      // To be told by an error takes ten times as long.
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) continue;
      const descriptor = openSync(path, DIRECTORY);
      if (whereItLed(descriptor) === path) return { opened: held(descriptor, null), depth };
      closeSync(descriptor);
      return null;
    } catch (error) {
      if (errnoOf(error) !== "ENOENT") return null;
    }
  }
  return null;
}

function whereItLed(descriptor: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return null;
  }
}

function held(descriptor: number, path: string | null): OpenDirectory {
  return {
    path: path ?? `/proc/self/fd/${descriptor}`,
    sync: () => syncTogether(descriptor),
    [Symbol.dispose]: () => closeSync(descriptor),
  };
}

async function enter(
  path: string,
  segment: string,
  above: OpenDirectory,
  { create }: { readonly create: boolean },
): Promise<number> {
  for (;;) {
    try {
      return openSync(path, DIRECTORY);
    } catch (error) {
      if (!create || errnoOf(error) !== "ENOENT") throw explained(error, path, segment);
    }
    await makeDirectory(path, above);
  }
}

/** @returns Whether it was missing, and so all below. */
async function makeDirectory(path: string, above: OpenDirectory): Promise<boolean> {
  let isNew = true;
  try {
    mkdirSync(path);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
    isNew = false;
  }
  await above.sync();
  return isNew;
}

/** The system says "not a directory" of a symbolic link too. */
function explained(error: unknown, path: string, segment: string): unknown {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? linkRefused(segment) : error;
  } catch {
    return error;
  }
}

/** The error for a symbolic link within a store. */
export function linkRefused(segment: string): StorageError {
  return new StorageError(
    "STORAGE_PATH_INVALID",
    `"${segment}" is a symbolic link, which a store does not follow; mount its target instead`,
    { details: { segment } },
  );
}

/** The system's name of an error, such as `ENOENT`. */
export function errnoOf(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}
