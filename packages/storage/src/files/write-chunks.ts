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
 * A long string is cut. A batch may be larger than the goal by one chunk of bytes, or
 * where characters take several, and may be the chunk itself.
 */
export async function* batches(chunks: Chunks, batchBytes = BATCH_BYTES): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    for (const part of typeof chunk === "string" ? cut(chunk, batchBytes) : [chunk]) {
      const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
      pending.push(bytes);
      size += bytes.byteLength;
      if (size < batchBytes) continue;
      yield joined(pending, size);
      pending = [];
      size = 0;
    }
  }
  if (size > 0) yield joined(pending, size);
}

/** Cuts a long string between characters, so that its bytes are not all in memory at once. */
function* cut(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + length, text.length);
    const last = text.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff) end += 1;
    yield text.slice(start, end);
    start = end;
  }
}

/** One piece out of several, without a copy where there is only one. */
export function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = pieces;
  return only && pieces.length === 1 ? only : Buffer.concat(pieces, size);
}

/** A file that is open for writing. */
export interface ChunksTarget {
  /** Gives how many bytes were written, which may be fewer than `length`. */
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<number | { readonly bytesWritten: number }>;
}

/** Writes all chunks into a file and returns how many bytes that was. */
export async function writeChunks(
  file: ChunksTarget,
  chunks: Chunks,
  { at = 0, signal }: WriteChunksOptions = {},
): Promise<number> {
  let written = 0;
  for await (const batch of batches(chunks)) {
    signal?.throwIfAborted();
    let offset = 0;
    while (offset < batch.byteLength) {
      const left = batch.byteLength - offset;
      const result = await file.write(batch, offset, left, at + written);
      const bytesWritten = typeof result === "number" ? result : result.bytesWritten;
      offset += bytesWritten;
      written += bytesWritten;
    }
  }
  return written;
}
