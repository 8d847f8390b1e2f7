import type { Notebook } from "@notemill/nbformat";
import { collectBytes, type Store } from "@notemill/storage";
import { notebookOf } from "./notebook-of.ts";

/** A notebook as it was read; nobody changes either. */
export interface FoundNotebook {
  readonly bytes: Uint8Array;
  readonly notebook: Notebook;
}

/** Reads notebooks of stores, which many ask for one behind the other. */
export interface NotebookReader {
  /** The notebook as it is now. @throws what the store throws, and the coded errors of what is no notebook. */
  read(store: Store, path: string): Promise<FoundNotebook>;
}

/** Default of {@link createNotebookReader}, in bytes of memory. */
const MOST_BYTES = 128 * 2 ** 20;
/** The most bytes of one that is remembered: a notebook takes a few times as much memory as its file. */
const MOST_BYTES_OF_ONE = 4 * 2 ** 20;

interface Remembered extends FoundNotebook {
  readonly etag: string;
}

/**
 * Makes a reader that does not read and parse a notebook again while its file stays the same: a
 * schedule, a sweep or a script starts many runs of one.
 *
 * @param mostBytes - The memory that all take together, about; the ones that nobody has asked for longest go first.
 */
export function createNotebookReader(mostBytes = MOST_BYTES): NotebookReader {
  const byStore = new WeakMap<Store, Map<string, Remembered>>();
  // In the order in which they were asked for last.
  const all = new Map<Remembered, () => void>();
  let size = 0;

  const forget = (it: Remembered): void => {
    all.get(it)?.();
    if (all.delete(it)) size -= weightOf(it);
  };
  const remember = (known: Map<string, Remembered>, path: string, it: Remembered): void => {
    const before = known.get(path);
    if (before !== undefined) forget(before);
    if (it.bytes.byteLength > MOST_BYTES_OF_ONE) return;
    known.set(path, it);
    all.set(it, () => known.delete(path));
    size += weightOf(it);
    for (const oldest of all.keys()) {
      if (size <= mostBytes) break;
      forget(oldest);
    }
  };
  return {
    async read(store, path) {
      const known = byStore.get(store) ?? new Map<string, Remembered>();
      byStore.set(store, known);
      const remembered = known.get(path);
      if (remembered !== undefined && (await store.stat(path))?.etag === remembered.etag) {
        remember(known, path, remembered);
        return remembered;
      }
      const { etag, bytes: stream } = await store.read(path);
      const bytes = await collectBytes(stream, MOST_BYTES_OF_ANY, path);
      const found = { etag, bytes, notebook: notebookOf(bytes) };
      remember(known, path, found);
      return found;
    },
  };
}

/** About how much memory a notebook takes, in bytes: its file, and a few times as much for what was read from it. */
function weightOf({ bytes }: FoundNotebook): number {
  return bytes.byteLength * 5 + 8192;
}

/** As much as `readAll` reads. */
const MOST_BYTES_OF_ANY = 512 * 2 ** 20;
