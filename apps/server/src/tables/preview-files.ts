import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import type { OpenFile } from "@notemill/storage";

/** Copies of files for the reader of tables, which reaches no store. */
export interface PreviewFiles {
  /** Gives the name of the copy of a file, made where there is none. */
  copyOf(
    file: { readonly path: string; readonly etag: string; readonly ending: string },
    open: () => Promise<OpenFile>,
  ): Promise<string>;
}

/** The most bytes of all copies; the ones that were looked at last stay. */
const MOST_BYTES = 4 * 2 ** 30;

/** Keeps copies in a directory of its own, which is made when it is missing. */
export function createPreviewFiles(directory: string): PreviewFiles {
  const making = new Map<string, Promise<void>>();
  const make = async (name: string, open: () => Promise<OpenFile>): Promise<void> => {
    await mkdir(directory, { recursive: true });
    const path = join(directory, name);
    const now = new Date();
    const isThere = await utimes(path, now, now).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await tidy(directory);
    const { bytes } = await open();
    await pipeline(Readable.from(bytes), createWriteStream(`${path}.part`, { mode: 0o600 }));
    await rename(`${path}.part`, path);
  };
  return {
    async copyOf({ path, etag, ending }, open) {
      const hash = createHash("sha256").update(`${path}\0${etag}`).digest("hex");
      const name = `${hash.slice(0, 40)}.${ending}`;
      const made = making.get(name) ?? make(name, open).finally(() => making.delete(name));
      making.set(name, made);
      await made;
      return name;
    },
  };
}

/** Takes away the copies that nobody has looked at for the longest time, until the others fit. */
async function tidy(directory: string): Promise<void> {
  const names = await readdir(directory);
  const files = await Promise.all(
    names.map(async (name) => {
      const info = await stat(join(directory, name));
      return { name, bytes: info.isFile() ? info.size : 0, at: info.mtimeMs };
    }),
  );
  let left = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { name, bytes } of files.sort((a, b) => a.at - b.at)) {
    if (left <= MOST_BYTES) return;
    await rm(join(directory, name), { force: true });
    left -= bytes;
  }
}
