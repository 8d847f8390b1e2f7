import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { findInvalidUtf8 } from "./utf8.ts";

// These try many inputs, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** Whether the platform's decoder takes the bytes. */
function isDecoded(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

describe("findInvalidUtf8", () => {
  it.each([
    [[], -1],
    [[0x61, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80], -1],
    [[0x61, 0x80], 1],
    [[0xc3], 0],
    [[0x61, 0xe2, 0x82], 1],
    [[0xc0, 0xaf], 0],
    [[0xed, 0xa0, 0x80], 0],
    [[0xf5, 0x80, 0x80, 0x80], 0],
    [[0x61, 0x62, 0xff], 2],
  ])("finds in %j the byte %i", (bytes, offset) => {
    expect(findInvalidUtf8(Uint8Array.from(bytes))).toBe(offset);
  });

  it("agrees with the platform's decoder on any bytes", () => {
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (bytes) => {
        const invalid = findInvalidUtf8(Uint8Array.from(bytes));
        expect(invalid < 0).toBe(isDecoded(Uint8Array.from(bytes)));
        // What is in front of the fault is in order.
        if (invalid >= 0) expect(isDecoded(Uint8Array.from(bytes.slice(0, invalid)))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
