import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import type { Descriptor } from "../files/descriptor.ts";

/** Computes the etag of open files: the SHA-256 of their bytes, in hex. */
export interface EtagReader {
  (file: Descriptor): Promise<string>;
}

const REMEMBERED = 10_000;
/**
 * File times move in steps (of 4 ms or so on Linux, 2 s on FAT), so a file that
 * was changed just now may be changed again without a trace in them.
 */
const SETTLED_AFTER_MS = 3_000;

/**
 * Makes an {@link EtagReader} that does not read a file again while its inode, size and times stay the same.
 */
export function createEtagReader(): EtagReader {
  const known = new Map<string, string>();
  return async (file) => {
    const before = file.stat();
    const key = identity(before);
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;

    const etag = await hashFile(file, Number(before.size));
    const settled = Date.now() - Number(before.ctimeMs) > SETTLED_AFTER_MS;
    if (settled && identity(file.stat()) === key) {
      if (known.size >= REMEMBERED) known.clear();
      known.set(key, etag);
    }
    return etag;
  };
}

function identity({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

/** @param size - As it was, in bytes; there may be more by now. */
async function hashFile(file: Descriptor, size: number): Promise<string> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(Math.min(size + 1, 1024 * 1024));
  for (let position = 0; ;) {
    const bytesRead = await file.read(buffer, 0, buffer.byteLength, position);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
