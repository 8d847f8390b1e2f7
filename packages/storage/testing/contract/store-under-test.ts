import { type ListEntry, readAll, type ReadOptions, type Store } from "../../src/index.ts";

/** A store to be tested, empty, and how it is put away. */
export interface StoreUnderTest {
  readonly store: Store;
  readonly keepsMetadata: boolean;
  /** The largest piece in which it gives the bytes of a file. */
  readonly largestPiece: number;
  /** Makes many empty files by a shorter way than the store. Default: the store. */
  readonly fill?: (paths: readonly string[]) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** The contents of a file, as text. */
export async function textOf(store: Store, path: string, range?: ReadOptions["range"]): Promise<string> {
  return Buffer.from(await readAll(store, path, range ? { range } : {})).toString("utf8");
}

/** Writes fifty files at a time. */
export function fillStore(store: Store): (paths: readonly string[]) => Promise<void> {
  return async (paths) => {
    for (let at = 0; at < paths.length; at += 50) {
      await Promise.all(paths.slice(at, at + 50).map((path) => store.write(path, "")));
    }
  };
}

/** All entries of a listing. */
export async function gathered(entries: AsyncIterable<ListEntry>): Promise<ListEntry[]> {
  const all: ListEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}
