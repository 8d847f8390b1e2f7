import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { errnoError } from "../files/errno-error.ts";
import { type Chunks, writeChunks } from "../files/write-chunks.ts";

/** A body in a temporary file, which can be sent more than once. */
export interface Spooled extends AsyncDisposable {
  readonly byteLength: number;
  /** A new stream from the start. */
  stream(): Readable;
}

/**
 * Puts a body of unknown length into a temporary file, readable only by its owner.
 *
 * @throws {@link StorageError} such as `STORAGE_FULL`, about the temporary directory.
 */
export async function spool(chunks: Chunks, signal?: AbortSignal): Promise<Spooled> {
  const path = join(tmpdir(), `notemill-${process.pid}-${randomBytes(8).toString("hex")}.tmp`);
  try {
    const handle = await open(path, "wx+", 0o600);
    // The name goes at once, so that a crash leaves nothing behind.
    await unlink(path);
    try {
      const byteLength = await writeChunks(handle, chunks, { signal });
      return {
        byteLength,
        stream: () => createReadStream("", { fd: handle.fd, autoClose: false, start: 0 }),
        [Symbol.asyncDispose]: () => handle.close(),
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw errnoError(error, "write", path);
  }
}
