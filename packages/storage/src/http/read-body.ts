import { tooLarge } from "../store/read-all.ts";

/**
 * Reads a response's body, calling `heard` whenever some of it comes.
 *
 * @throws {@link StorageError} `STORAGE_TOO_LARGE`, at once where the length is announced.
 */
export async function readCapped(
  response: Response,
  maxBytes: number,
  place: string,
  heard: () => void,
): Promise<Uint8Array> {
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(place, maxBytes);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    heard();
    size += part.byteLength;
    if (size > maxBytes) throw tooLarge(place, maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
