import { lstatSync, mkdirSync, renameSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory, writeTemporaryFile } from "../files/replace-file.ts";
import { temporaryPath } from "../files/temporary-file.ts";
import type { StorePath } from "../store/store-path.ts";
import { type FsPlace, inDirectoryOf } from "./fs-place.ts";
import { errnoOf } from "./open-directory.ts";

/** Makes a directory with files in it, as {@link FsStore.createDirectory} promises. */
export async function createDirectoryAt(
  place: FsPlace,
  path: StorePath,
  files: ReadonlyMap<string, string>,
): Promise<boolean> {
  return inDirectoryOf(place, path, { create: true }, async (above, name) => {
    const target = join(above.path, name);
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return false;
    const temporary = temporaryPath(target);
    mkdirSync(temporary);
    try {
      const written = [...files].map(([file, text]) =>
        writeTemporaryFile(join(temporary, file), [text], { durable: true }),
      );
      // Their names are in it already: all of this goes to the disk together.
      await Promise.all([...written, syncDirectory(temporary)]);
      // Fails where somebody was faster, unless that one has left it empty so far.
      renameSync(temporary, target);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      if (TAKEN.includes(errnoOf(error))) return false;
      throw error;
    }
    await above.sync();
    return true;
  });
}

const TAKEN: readonly (string | null)[] = ["ENOTEMPTY", "EEXIST", "ENOTDIR"];
