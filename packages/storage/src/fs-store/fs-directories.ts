import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "../files/replace-file.ts";
import type { StorePath } from "../store/store-path.ts";
import { type FsPlace, inDirectoryOf } from "./fs-place.ts";
import { errnoOf, openDirectory } from "./open-directory.ts";

/** Makes a directory and those above it, as {@link Store.makeDirectory} promises. */
export async function makeDirectoryAt({ root, traversal }: FsPlace, path: StorePath): Promise<void> {
  using _made = await openDirectory(root, path.split("/"), { create: true, traversal });
}

/** Removes a directory, as {@link Store.removeDirectory} promises. */
export async function removeDirectoryAt(place: FsPlace, path: StorePath): Promise<boolean> {
  try {
    return await inDirectoryOf(place, path, { create: false }, async (directory, name) => {
      await rmdir(join(directory.path, name));
      await syncDirectory(directory.path);
      return true;
    });
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ENOTEMPTY", "EEXIST"].includes(errnoOf(error) ?? "")) return false;
    throw error;
  }
}

/** Tells whether there is a directory, as {@link Store.hasDirectory} promises. */
export async function hasDirectoryAt({ root, traversal }: FsPlace, path: StorePath): Promise<boolean> {
  try {
    using _opened = await openDirectory(root, path.split("/"), { create: false, traversal });
    return true;
  } catch (error) {
    if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return false;
    throw error;
  }
}
