import { readFileSync } from "node:fs";
import { endianness } from "node:os";

/** Type of the entry with the size of a page. Source: getauxval(3), `AT_PAGESZ`. */
const AT_PAGESZ = 6n;

/** Bytes of a page of memory, which is more than 4096 on some machines with ARM; 4096 where the system does not tell. */
export const PAGE_BYTES = readPageBytes();

function readPageBytes(): number {
  try {
    // Pairs of a type and a value, 64 bits each.
    const vector = readFileSync("/proc/self/auxv");
    const read = (offset: number): bigint =>
      endianness() === "LE" ? vector.readBigUInt64LE(offset) : vector.readBigUInt64BE(offset);
    for (let offset = 0; offset + 16 <= vector.byteLength; offset += 16)
      if (read(offset) === AT_PAGESZ) return Number(read(offset + 8));
  } catch {
    // No Linux.
  }
  return 4096;
}
