import { expect, it } from "vitest";
import { type StoreUnderTest } from "./store-under-test.ts";

const LARGE_BYTES = 50 * 1024 * 1024;
const PIECE = 256 * 1024;

/** What is larger than memory should hold goes through in pieces. */
export function testLargeFiles(tested: () => StoreUnderTest): void {
  it(`moves ${LARGE_BYTES / 1024 / 1024} MB in pieces`, async () => {
    let produced = 0;
    function* pieces(): Generator<Uint8Array> {
      for (; produced < LARGE_BYTES; produced += PIECE) {
        yield Buffer.alloc(PIECE, (produced / PIECE) % 251);
      }
    }
    const written = await tested().store.write("large/file", pieces());
    expect(written.size).toBe(LARGE_BYTES);

    const file = await tested().store.read("large/file");
    let size = 0;
    let largest = 0;
    let wrong = 0;
    for await (const piece of file.bytes) {
      for (let at = 0; at < piece.byteLength; at += 4099) {
        if (piece[at] !== Math.floor((size + at) / PIECE) % 251) wrong += 1;
      }
      size += piece.byteLength;
      largest = Math.max(largest, piece.byteLength);
    }
    expect({ size, wrong }).toEqual({ size: LARGE_BYTES, wrong: 0 });
    expect(largest).toBeLessThanOrEqual(tested().largestPiece);
  });
}
