import type { Chunks } from "../files/write-chunks.ts";
import { StorageError } from "../storage-error.ts";
import type { ReadOptions, Store } from "./store.ts";

/** Options of {@link readAll}. */
export interface ReadAllOptions extends ReadOptions {
  /** The most that is held in memory. Default 512 MiB. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 512 * 1024 * 1024;

/**
 * Reads a file of a store into memory.
 *
 * @throws {@link StorageError} as {@link Store.read}, and `STORAGE_TOO_LARGE`.
 */
export async function readAll(
  store: Store,
  path: string,
  { maxBytes = DEFAULT_MAX_BYTES, ...options }: ReadAllOptions = {},
): Promise<Uint8Array> {
  const { bytes } = await store.read(path, options);
  return collectBytes(bytes, maxBytes, path);
}

/**
 * Reads a stream to its end.
 *
 * @throws {@link StorageError} `STORAGE_TOO_LARGE` as soon as more than `maxBytes` have come.
 */
export async function collectBytes(stream: Chunks, maxBytes: number, place: string): Promise<Uint8Array> {
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
