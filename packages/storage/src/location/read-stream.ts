import { StorageError } from "../storage-error.ts";

/**
 * Reads a stream to its end.
 *
 * @throws {@link StorageError} `STORAGE_TOO_LARGE` as soon as more than `maxBytes` have come.
 */
export async function readStream(
  stream: AsyncIterable<Uint8Array | string>,
  maxBytes: number,
  place: string,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
    size += bytes.byteLength;
    if (size > maxBytes) throw tooLarge(place, maxBytes);
    parts.push(bytes);
  }
  return Buffer.concat(parts, size);
}

/** The error for contents beyond the limit. */
export function tooLarge(place: string, maxBytes: number): StorageError {
  return new StorageError(
    "STORAGE_TOO_LARGE",
    `cannot read "${place}": it is larger than the limit of ${maxBytes} bytes`,
    { details: { place, maxBytes } },
  );
}
