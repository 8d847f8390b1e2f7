import { mkdir, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  isTemporaryName,
  openFsStore,
  type Store,
  sweepTemporaryFiles,
  temporaryPath,
} from "@notemill/storage";

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

/**
 * Removes what imports that were killed have left, those of earlier versions too, which did not say whose it is.
 * Those that are under way keep theirs.
 */
export async function sweepUnpacked(dataDirectory: string): Promise<void> {
  const place = placeOf(dataDirectory);
  await sweepTemporaryFiles(place);
  const names = await readdir(place).catch(() => []);
  for (const name of names.filter((it) => !isTemporaryName(it)))
    await rm(join(place, name), { recursive: true, force: true });
}

function placeOf(dataDirectory: string): string {
  return join(resolve(dataDirectory), "unpacked");
}
