import { constants } from "node:fs";
import { join } from "node:path";
import { type Descriptor, openDescriptor } from "../files/descriptor.ts";
import { StorageError } from "../storage-error.ts";
import type { StorePath } from "../store/store-path.ts";
import type { FileInfo } from "../store/store.ts";
import type { EtagReader } from "./content-etag.ts";
import type { ReadNames } from "./directory-names.ts";
import { errnoOf, linkRefused, openDirectory, type OpenDirectory, type Traversal } from "./open-directory.ts";

/** The root of a store on disk and how it is walked. */
export interface FsPlace {
  readonly root: string;
  readonly traversal: Traversal;
  readonly etagOf: EtagReader;
  readonly namesIn: ReadNames;
}

/** Runs `body` with the directory that holds `path` open. */
export async function inDirectoryOf<T>(
  place: FsPlace,
  path: StorePath,
  options: { readonly create: boolean },
  body: (directory: OpenDirectory, name: string) => Promise<T>,
): Promise<T> {
  const segments = path.split("/");
  const name = segments.pop() ?? "";
  using directory = await openDirectory(place.root, segments, {
    ...options,
    traversal: place.traversal,
  });
  return await body(directory, name);
}

/**
 * Opens a regular file for reading, or gives null where there is no file.
 *
 * A directory is no file. A pipe or device is not opened, which could block.
 *
 * @throws the system's error, or `STORAGE_PATH_INVALID`.
 */
export async function openRegularFile(place: FsPlace, path: StorePath): Promise<Descriptor | null> {
  try {
    return await inDirectoryOf(place, path, { create: false }, async (directory, name) =>
      openIn(directory, name),
    );
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "ENOENT" || errno === "ENOTDIR") return null;
    throw error;
  }
}

/** As {@link openRegularFile}, in a directory that is open already. */
export function openIn(directory: OpenDirectory, name: string): Descriptor | null {
  const file = openNoFollow(join(directory.path, name), name);
  if (!file) return null;
  let stats: ReturnType<Descriptor["stat"]>;
  try {
    stats = file.stat();
  } catch (error) {
    file.close();
    throw error;
  }
  if (stats.isFile()) return file;
  file.close();
  if (stats.isDirectory()) return null;
  throw notRegular(name);
}

function openNoFollow(path: string, name: string): Descriptor | null {
  try {
    return openDescriptor(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "ENOENT") return null;
    if (errno === "ELOOP") throw linkRefused(name);
    if (errno === "ENXIO") throw notRegular(name);
    throw error;
  }
}

/** What is known about an open file. */
export async function infoOf(place: FsPlace, file: Descriptor, path: StorePath): Promise<FileInfo> {
  const etag = await place.etagOf(file);
  const { size, mtime } = file.stat();
  return { path, size: Number(size), modifiedAt: mtime, etag };
}

function notRegular(name: string): StorageError {
  return new StorageError("STORAGE_PATH_INVALID", `"${name}" is a pipe, socket or device, not a file`, {
    details: { name },
  });
}
