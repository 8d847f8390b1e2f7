import { describe, expect, it } from "vitest";
import { textOf, type StoreUnderTest } from "./store-under-test.ts";

/** Parts of files are read. */
export function testRanges(tested: () => StoreUnderTest): void {
  describe("ranges", () => {
    it.each([
      ["the start", { start: 0, end: 3 }, "012"],
      ["the middle", { start: 3, end: 5 }, "34"],
      ["to the end", { start: 7 }, "789"],
      ["past the end", { start: 8, end: 100 }, "89"],
    ])("reads %s", async (_what, range, expected) => {
      await tested().store.write("ranges/digits", "0123456789");
      expect(await textOf(tested().store, "ranges/digits", range)).toBe(expected);
    });

    it.each([
      ["after the end", { start: 10 }],
      ["backwards", { start: 5, end: 4 }],
      ["empty", { start: 5, end: 5 }],
      ["negative", { start: -1 }],
      ["in fractions", { start: 0.5 }],
    ])("refuses one %s", async (_what, range) => {
      await tested().store.write("ranges/digits", "0123456789");
      await expect(tested().store.read("ranges/digits", { range })).rejects.toMatchObject({
        code: "STORAGE_RANGE_INVALID",
      });
    });

    it("reads the whole of an empty file", async () => {
      await tested().store.write("ranges/empty", "");
      expect(await textOf(tested().store, "ranges/empty", { start: 0, end: 10 })).toBe("");
    });
  });
}
