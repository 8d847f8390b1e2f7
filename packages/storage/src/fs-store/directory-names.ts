import { statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { compareCodePoints } from "@notemill/json";
import type { StorePath } from "../store/store-path.ts";
import type { OpenDirectory } from "./open-directory.ts";

/** A file or directory in a directory, before anything else is known of it. */
export interface DirectoryName {
  readonly kind: "file" | "directory";
  readonly name: string;
  /** What it is sorted by: as in a bucket, whatever is below `a` sorts as `a/…`, and so after `a.txt`. */
  readonly key: string;
}

/** Reads the names in a directory, in the order of their keys; links, devices and sockets are left out. */
export type ReadNames = (open: OpenDirectory, directory: StorePath | "") => Promise<readonly DirectoryName[]>;

/** Reads them anew. */
export const readNames: ReadNames = async (open) => {
  const names: DirectoryName[] = [];
  for (const child of await readdir(open.path, { withFileTypes: true })) {
    const { name } = child;
    if (child.isFile()) names.push({ kind: "file", name, key: name });
    else if (child.isDirectory()) names.push({ kind: "directory", name, key: `${name}/` });
  }
  return names.sort((a, b) => compareCodePoints(a.key, b.key));
};

/** Names that are worth being kept: of fewer it takes less to read them. */
const MANY = 1000;

/** Directories whose names are kept: those that are listed page by page. */
const KEPT = 4;

/** A directory that was changed so lately may change again without its time telling, in milliseconds. */
const TOO_FRESH_MS = 2000;

/**
 * Makes a {@link ReadNames} that keeps the names of the large directories that were read last, for as long
 * as their times say that nothing was made in them, removed or renamed.
 *
 * @param now - The time in milliseconds, by the clock of whoever keeps the directories.
 */
export function keepNames(read: ReadNames = readNames, now: () => number = Date.now): ReadNames {
  const kept = new Map<string, { readonly state: string; readonly names: readonly DirectoryName[] }>();
  return async (open, directory) => {
    const before = stateOf(open);
    const isOld = now() - before.changedMs > TOO_FRESH_MS;
    const known = kept.get(directory);
    kept.delete(directory);
    const names = known?.state === before.state ? known.names : await read(open, directory);
    if (names.length >= MANY && isOld && stateOf(open).state === before.state) {
      kept.set(directory, { state: before.state, names });
      for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
    }
    return names;
  };
}

function stateOf({ path }: OpenDirectory): { readonly state: string; readonly changedMs: number } {
  const { dev, ino, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  const changedMs = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
  return { state: `${dev} ${ino} ${mtimeNs} ${ctimeNs}`, changedMs };
}
