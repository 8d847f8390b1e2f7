import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import type { OpenFile } from "@notemill/storage";
import { takeTurns } from "../take-turns.ts";

/** Copies of files for the reader of tables, which reaches no store. They go some hours after they were looked at last. */
export interface PreviewFiles extends Disposable {
  /** Gives the name of the copy of a file, made where there is none. */
  copyOf(
    file: { readonly path: string; readonly etag: string; readonly ending: string },
    open: () => Promise<OpenFile>,
  ): Promise<string>;
}

/** The most bytes of all copies; the ones that were looked at last stay. */
const MOST_BYTES = 4 * 2 ** 30;

/** How long a copy stays that nobody looks at, in milliseconds. */
const KEPT_MS = 6 * 3600_000;

/** How often it is looked for such copies, in milliseconds. */
const TIDIED_EACH_MS = 3600_000;

/** Keeps copies in a directory of its own, which is made when it is missing. Makes one copy at a time. */
export function createPreviewFiles(directory: string): PreviewFiles {
  const turn = takeTurns(1);
  const making = new Map<string, Promise<void>>();
  const tidyNow = (): Promise<void> => turn(() => tidy(directory)).catch(() => undefined);
  const timer = setInterval(() => void tidyNow(), TIDIED_EACH_MS).unref();
  void tidyNow();

  const copy = async (path: string, open: () => Promise<OpenFile>): Promise<void> => {
    await mkdir(directory, { recursive: true });
    await tidy(directory);
    const { bytes } = await open();
    try {
      await pipeline(Readable.from(bytes), createWriteStream(`${path}.part`, { mode: 0o600 }));
      await rename(`${path}.part`, path);
    } catch (error) {
      await rm(`${path}.part`, { force: true });
      throw error;
    }
  };
  const make = async (path: string, open: () => Promise<OpenFile>): Promise<void> => {
    const now = new Date();
    const isThere = await utimes(path, now, now).then(
      () => true,
      () => false,
    );
    if (!isThere) await turn(() => copy(path, open));
  };
  return {
    async copyOf({ path, etag, ending }, open) {
      const hash = createHash("sha256").update(`${path}\0${etag}`).digest("hex");
      const name = `${hash.slice(0, 40)}.${ending}`;
      const made = making.get(name) ?? make(join(directory, name), open).finally(() => making.delete(name));
      making.set(name, made);
      await made;
      return name;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** Takes away the copies that nobody has looked at for long, and the oldest of the others until the rest fits. */
async function tidy(directory: string): Promise<void> {
  const names = await readdir(directory);
  const files = await Promise.all(
    names.map(async (name) => {
      // The reader deletes what it has put aside, which is no copy, whenever it likes.
      const info = await stat(join(directory, name)).catch(() => null);
      return info?.isFile() === true ? [{ name, bytes: info.size, at: info.mtimeMs }] : [];
    }),
  );
  const copies = files.flat().sort((a, b) => a.at - b.at);
  const oldest = Date.now() - KEPT_MS;
  let left = copies.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { name, bytes, at } of copies) {
    if (left <= MOST_BYTES && at >= oldest) return;
    await rm(join(directory, name), { force: true });
    left -= bytes;
  }
}
