import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const BYTES_OF_ID = 16;
const IDS_AT_ONCE = 512;

/**
 * Makes a function that gives UUIDs of version 7, each behind the one before. Random bytes are asked of the system
 * for many at once, which takes longer than the rest: a slot of a schedule needs three ids while a transaction waits.
 */
export function createIds(): () => string {
  const pool = Buffer.alloc(BYTES_OF_ID * IDS_AT_ONCE);
  let at = pool.length;
  let msecs = 0;
  let seq = 0;
  return () => {
    if (at === pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    const random = pool.subarray(at, at + BYTES_OF_ID);
    at += BYTES_OF_ID;
    const now = Date.now();
    if (now > msecs) {
      msecs = now;
      // Half of the numbers are left to count up with.
      seq = random.readUInt32BE(6) >>> 1;
    } else seq += 1;
    return v7({ random, msecs, seq });
  };
}
