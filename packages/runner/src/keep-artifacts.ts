import { constants, createReadStream } from "node:fs";
import { copyFile, lstat, mkdir, readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Redactor, RunEvent } from "@notemill/executor";
import { isStorePath } from "@notemill/storage";

/** The directory of a record that has the artifacts. */
const ARTIFACTS = "artifacts";

/** The most files of an attempt that are kept. */
const MAX_FILES = 1000;

/** The most bytes of an attempt's files together. */
const MAX_BYTES = 2 ** 30;

/** The most bytes of a name with its directories; percent-encoded it has to be a part of an address. */
const MAX_NAME = 480;

/** How many files that were left out are named. */
const NAMED = 3;

/** Bounds of {@link keepArtifacts}. */
export interface ArtifactLimits {
  /** Default 1000. */
  readonly maxFiles?: number;
  /** Default 1 GiB. */
  readonly maxBytes?: number;
}

/**
 * Brings the files that an attempt left in its directory for outputs into its
 * record, below `artifacts`, in the order of their names.
 *
 * Only regular files are taken, and no link is followed. What a record cannot have
 * is left out: what is beyond the limits, names that no store takes, and files with
 * a secret in them, which cannot be taken out of a file of any form.
 *
 * @param how - `copy` where the kernel lives on and may use the files again; else `move`.
 * @returns What says which were left out, if there were any.
 */
export async function keepArtifacts(
  outputs: string,
  record: string,
  {
    how,
    redactor,
    maxFiles = MAX_FILES,
    maxBytes = MAX_BYTES,
  }: ArtifactLimits & { readonly how: "move" | "copy"; readonly redactor?: Redactor },
): Promise<Extract<RunEvent, { type: "run-warned" }> | null> {
  const leftOut: string[] = [];
  let count = 0;
  let bytes = 0;
  // What a cell has put in the place of the directory is not gone into.
  const isThere = await lstat(outputs).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isThere) return null;
  for await (const { path, name, kind } of walk(outputs, "")) {
    const kept = name.normalize("NFC");
    const { size } = await lstat(path);
    const isPossible = kind === "file" && isStorePath(kept) && Buffer.byteLength(kept) <= MAX_NAME;
    const isRoom = count < maxFiles && bytes + size <= maxBytes;
    if (!isPossible || !isRoom || (await holdsSecret(path, redactor))) {
      leftOut.push(name);
      continue;
    }
    const target = join(record, ARTIFACTS, kept);
    await mkdir(dirname(target), { recursive: true });
    if (how === "move") await rename(path, target);
    else await copyFile(path, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    count += 1;
    bytes += size;
  }
  if (leftOut.length === 0) return null;
  const names = leftOut.slice(0, NAMED).map((name) => JSON.stringify(name));
  const more = leftOut.length > NAMED ? ` and ${leftOut.length - NAMED} more` : "";
  return {
    type: "run-warned",
    code: "ARTIFACTS_LEFT_OUT",
    message: `not kept of the outputs: ${names.join(", ")}${more}; a record has at most ${maxFiles} regular files of ${maxBytes} bytes together, and none with a secret of the run in it`,
  };
}

async function holdsSecret(path: string, redactor: Redactor | undefined): Promise<boolean> {
  if (redactor === undefined) return false;
  const find = redactor.finder();
  for await (const part of createReadStream(path)) if (find(part as Uint8Array)) return true;
  return false;
}

/** Everything below a directory but directories, which are gone into; links are not. */
async function* walk(
  directory: string,
  below: string,
): AsyncGenerator<{ readonly path: string; readonly name: string; readonly kind: "file" | "other" }> {
  const entries = await readdir(directory, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    const name = `${below}${entry.name}`;
    if (entry.isDirectory()) yield* walk(path, `${name}/`);
    else yield { path, name, kind: entry.isFile() ? "file" : "other" };
  }
}
