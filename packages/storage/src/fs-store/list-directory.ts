import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { compareCodePoints } from "@notemill/json";
import { isStorePath, type StorePath } from "../store/store-path.ts";
import type { ListEntry, ListOptions, ListPage } from "../store/store.ts";
import { type DirectoryName, type ReadNames, readNames } from "./directory-names.ts";
import { errnoOf, type OpenDirectory } from "./open-directory.ts";

/** Opens a directory of the store for {@link listDirectory}. */
export type OpenForListing = (path: StorePath | "") => Promise<OpenDirectory>;

/** What to list, as in {@link ListOptions}, with nothing left out. */
export interface Listing {
  readonly directory: StorePath | "";
  readonly recursive: boolean;
  readonly limit: number;
  /** The sort key of the last entry of the page before. */
  readonly after: string;
  readonly match?: ListOptions["match"];
}

/**
 * One page of a directory on disk.
 *
 * Left out is what a store path cannot name: links, devices, sockets, temporary
 * files, and names that {@link storePath} refuses. A recursive listing leaves out
 * what is in directories below that may not be opened.
 */
export async function listDirectory(
  listing: Listing,
  openDirectory: OpenForListing,
  namesIn: ReadNames = readNames,
): Promise<ListPage> {
  const entries: ListEntry[] = [];
  for await (const entry of walk(listing.directory, { ...listing, openDirectory, namesIn })) {
    if (entries.length === listing.limit) {
      const last = entries.at(-1);
      return last ? { entries, next: sortKey(last) } : { entries };
    }
    entries.push(entry);
  }
  return { entries };
}

interface Walk extends Listing {
  readonly openDirectory: OpenForListing;
  readonly namesIn: ReadNames;
}

async function* walk(directory: StorePath | "", listing: Walk): AsyncGenerator<ListEntry> {
  const isBelow = directory !== listing.directory;
  const opened = await openIfThere(directory, isBelow ? CLOSED_OR_GONE : GONE, listing.openDirectory);
  if (!opened) return;
  using open = opened;
  const prefix = directory === "" ? "" : `${directory}/`;
  const names = await listing.namesIn(open, directory);
  for (let at = firstIndex(names, prefix, listing); at < names.length; at++) {
    const found = names[at];
    if (found === undefined) continue;
    const isWalked = found.kind === "directory" && listing.recursive;
    // Before anything that takes longer: of a hundred thousand names it may leave few.
    if (!isWalked && listing.match?.(found.name) === false) continue;
    const path = `${prefix}${found.name}`;
    if (!isStorePath(path)) continue;
    const key = `${prefix}${found.key}`;
    if (isWalked) {
      // All that is below sorts after `key`; it is done with where the last entry sorts after all of it.
      const isDone = compareCodePoints(key, listing.after) < 0 && !listing.after.startsWith(key);
      if (!isDone) yield* walk(path, listing);
    } else if (compareCodePoints(key, listing.after) > 0) {
      const entry = await described(path, found, isBelow ? CLOSED_OR_GONE : GONE, open);
      if (entry) yield entry;
    }
  }
}

/** Where the names begin that a listing has not come to; a recursive one looks at all directories. */
function firstIndex(names: readonly DirectoryName[], prefix: string, { recursive, after }: Walk): number {
  if (recursive || !after.startsWith(prefix)) return 0;
  const last = after.slice(prefix.length);
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareCodePoints(names[middle]?.key ?? "", last) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

const GONE: readonly (string | null)[] = ["ENOENT", "ENOTDIR"];

/** Of what is below the directory that was asked for: nobody can name it, and the rest is wanted. */
const CLOSED_OR_GONE: readonly (string | null)[] = [...GONE, "EACCES", "EPERM"];

async function openIfThere(
  directory: StorePath | "",
  leftOut: typeof GONE,
  openDirectory: OpenForListing,
): Promise<OpenDirectory | null> {
  try {
    return await openDirectory(directory);
  } catch (error) {
    if (leftOut.includes(errnoOf(error))) return null;
    throw error;
  }
}

/** Null where the file was removed meanwhile, or its directory lets nobody see more than names. */
async function described(
  path: StorePath,
  { kind, name }: DirectoryName,
  leftOut: typeof GONE,
  open: OpenDirectory,
): Promise<ListEntry | null> {
  if (kind === "directory") return { kind, path };
  try {
    const stats = await lstat(join(open.path, name));
    return stats.isFile() ? { kind, path, size: stats.size, modifiedAt: stats.mtime } : null;
  } catch (error) {
    if (leftOut.includes(errnoOf(error))) return null;
    throw error;
  }
}

/** What an entry is sorted by, as in {@link DirectoryName}. */
function sortKey({ kind, path }: Pick<ListEntry, "kind" | "path">): string {
  return kind === "directory" ? `${path}/` : path;
}
