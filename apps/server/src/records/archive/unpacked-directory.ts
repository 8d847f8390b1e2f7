import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openFsStore, type Store, sweepTemporaryFiles, temporaryPath } from "@notemill/storage";

/** A directory in which one archive is unpacked; it goes with what is in it. */
export interface UnpackedDirectory extends AsyncDisposable {
  readonly staging: Store;
}

/** Makes a directory of the caller's own for an archive, on the disk of the records. */
export async function makeUnpackedDirectory(dataDirectory: string): Promise<UnpackedDirectory> {
  await sweepUnpacked(dataDirectory);
  const directory = temporaryPath(join(placeOf(dataDirectory), "archive"));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return {
    staging: openFsStore(directory),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Removes what imports that were killed have left. Those that are under way keep theirs. */
export async function sweepUnpacked(dataDirectory: string): Promise<void> {
  await sweepTemporaryFiles(placeOf(dataDirectory));
}

function placeOf(dataDirectory: string): string {
  return join(resolve(dataDirectory), "unpacked");
}
