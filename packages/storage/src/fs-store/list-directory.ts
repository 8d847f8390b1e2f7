import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { comparePaths, isStorePath, type StorePath } from "../store/store-path.ts";
import type { ListEntry, ListPage } from "../store/store.ts";
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
}

/**
 * One page of a directory on disk.
 *
 * Left out is what a store path cannot name: links, devices, sockets, temporary
 * files, and names that {@link storePath} refuses. A recursive listing leaves out
 * what is in directories below that may not be opened.
 */
export async function listDirectory(listing: Listing, openDirectory: OpenForListing): Promise<ListPage> {
  const entries: ListEntry[] = [];
  for await (const entry of walk(listing.directory, listing, openDirectory)) {
    if (entries.length === listing.limit) {
      const last = entries.at(-1);
      return last ? { entries, next: sortKey(last) } : { entries };
    }
    entries.push(entry);
  }
  return { entries };
}

async function* walk(
  directory: StorePath | "",
  listing: Listing,
  openDirectory: OpenForListing,
): AsyncGenerator<ListEntry> {
  const isBelow = directory !== listing.directory;
  const opened = await openIfThere(directory, isBelow ? CLOSED_OR_GONE : GONE, openDirectory);
  if (!opened) return;
  using open = opened;
  for (const found of await namesIn(open, directory)) {
    const key = sortKey(found);
    if (found.kind === "directory" && listing.recursive) {
      // All that is below sorts after `key`; it is done with where the last entry sorts after all of it.
      const isDone = comparePaths(key, listing.after) < 0 && !listing.after.startsWith(key);
      if (!isDone) yield* walk(found.path, listing, openDirectory);
    } else if (comparePaths(key, listing.after) > 0) {
      const entry = await described(found, isBelow ? CLOSED_OR_GONE : GONE, open);
      if (entry) yield entry;
    }
  }
}

interface Found {
  readonly kind: "file" | "directory";
  readonly path: StorePath;
  readonly name: string;
}

async function namesIn(open: OpenDirectory, directory: StorePath | ""): Promise<Found[]> {
  const children = await readdir(open.path, { withFileTypes: true });
  return children
    .flatMap((child) => {
      const path = directory === "" ? child.name : `${directory}/${child.name}`;
      const kind = child.isFile() ? "file" : child.isDirectory() ? "directory" : null;
      return kind !== null && isStorePath(path) ? [{ kind, path, name: child.name } as const] : [];
    })
    .toSorted((a, b) => comparePaths(sortKey(a), sortKey(b)));
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
  { kind, path, name }: Found,
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

/** As in a bucket, whatever is below `a` sorts as `a/…`, and so after `a.txt`. */
function sortKey({ kind, path }: Pick<ListEntry, "kind" | "path">): string {
  return kind === "directory" ? `${path}/` : path;
}
