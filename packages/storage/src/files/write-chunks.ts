import type { FileHandle } from "node:fs/promises";

/** Bytes to write, in order; strings are encoded as UTF-8. */
export type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Options of {@link writeChunks}. */
export interface WriteChunksOptions {
  /** Where in the file the first byte goes. Default 0. */
  readonly at?: number;
  readonly signal?: AbortSignal | undefined;
}

const BATCH_BYTES = 256 * 1024;

/**
 * Gathers small chunks into batches, so that a notebook of a thousand cells is not a thousand writes.
 *
 * A batch may be larger than the goal by one chunk, and may be the chunk itself.
 */
export async function* batches(chunks: Chunks, batchBytes = BATCH_BYTES): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk;
    pending.push(bytes);
    size += bytes.byteLength;
    if (size < batchBytes) continue;
    yield joined(pending, size);
    pending = [];
    size = 0;
  }
  if (size > 0) yield joined(pending, size);
}

/** One piece out of several, without a copy where there is only one. */
export function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = pieces;
  return only && pieces.length === 1 ? only : Buffer.concat(pieces, size);
}

/** Writes all chunks into a file and returns how many bytes that was. */
export async function writeChunks(
  handle: FileHandle,
  chunks: Chunks,
  { at = 0, signal }: WriteChunksOptions = {},
): Promise<number> {
  let written = 0;
  for await (const batch of batches(chunks)) {
    signal?.throwIfAborted();
    let offset = 0;
    while (offset < batch.byteLength) {
      const left = batch.byteLength - offset;
      const { bytesWritten } = await handle.write(batch, offset, left, at + written);
      offset += bytesWritten;
      written += bytesWritten;
    }
  }
  return written;
}
