import { promisify } from "node:util";
import { gunzip as gunzipCallback } from "node:zlib";
import { StorageError } from "../storage-error.ts";
import { tooLarge } from "../store/read-all.ts";

const gunzipAsync = promisify(gunzipCallback);

/** Whether bytes begin as gzip does. Source: RFC 1952, section 2.3.1. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Decompresses. @throws {@link StorageError} `STORAGE_TOO_LARGE`, `STORAGE_CORRUPT`. */
export async function gunzip(bytes: Uint8Array, maxBytes: number, place: string): Promise<Uint8Array> {
  try {
    return await gunzipAsync(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(place, maxBytes);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError("STORAGE_CORRUPT", `cannot read "${place}": its gzip data is broken (${why})`, {
      cause,
      details: { place },
    });
  }
}
