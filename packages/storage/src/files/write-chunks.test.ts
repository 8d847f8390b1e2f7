import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batches } from "./write-chunks.ts";

describe("batches", () => {
  it("changes the pieces and not the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array())),
        fc.integer({ min: 1, max: 30 }),
        async (chunks, size) => {
          const pieces: Uint8Array[] = [];
          for await (const piece of batches(chunks, size)) pieces.push(piece);
          expect(Buffer.concat(pieces)).toEqual(
            Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as string))),
          );
          expect(pieces.slice(0, -1).every((piece) => piece.byteLength >= size)).toBe(true);
        },
      ),
    );
  });

  it("cut a long string between characters", async () => {
    const text = "aé😀".repeat(1000);
    for (const size of [1, 2, 3, 64, 1000]) {
      const pieces: Uint8Array[] = [];
      for await (const piece of batches([text], size)) pieces.push(piece);
      expect(Buffer.concat(pieces).toString()).toBe(text);
      expect(Math.max(...pieces.map((piece) => piece.byteLength))).toBeLessThan(5 * size + 5);
    }
  });
});
