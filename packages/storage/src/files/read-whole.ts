import type { FileHandle } from "node:fs/promises";

/**
 * Reads a file of known size into one piece of memory.
 *
 * @returns `undefined` when the file is larger than it said, as those of `/proc` are, or grew meanwhile.
 */
export async function readWhole(
  handle: FileHandle,
  size: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  // One byte more tells whether there is more.
  const bytes = Buffer.allocUnsafe(size + 1);
  let length = 0;
  while (length < bytes.byteLength) {
    signal?.throwIfAborted();
    const wanted = Math.min(bytes.byteLength - length, READ_BYTES);
    const { bytesRead } = await handle.read(bytes, length, wanted, length);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
  }
  return undefined;
}

/** Small enough that an abort is noticed soon on a slow disk. */
const READ_BYTES = 16 << 20;
