import { describe, expect, it } from "vitest";
import { textOf, type StoreUnderTest } from "./store-under-test.ts";

/** Files are copied and removed. */
export function testCopyingAndDeleting(tested: () => StoreUnderTest): void {
  describe("copying and deleting", () => {
    it("copies the bytes", async () => {
      await tested().store.write("copies/from ü.txt", "bytes");
      const { size, etag } = await tested().store.copy("copies/from ü.txt", "copies/below/to ü.txt");
      expect(size).toBe(5);
      expect(await textOf(tested().store, "copies/below/to ü.txt")).toBe("bytes");
      expect((await tested().store.stat("copies/below/to ü.txt"))?.etag).toBe(etag);
    });

    it("copies under a condition", async () => {
      await tested().store.write("copies/source", "new");
      await tested().store.write("copies/taken", "old");
      await expect(
        tested().store.copy("copies/source", "copies/taken", { ifNoneMatch: "*" }),
      ).rejects.toMatchObject({
        code: "STORAGE_CONFLICT",
      });
      await tested().store.copy("copies/source", "copies/free", { ifNoneMatch: "*" });
      expect(await textOf(tested().store, "copies/taken")).toBe("old");
      expect(await textOf(tested().store, "copies/free")).toBe("new");
    });

    it("deletes once", async () => {
      await tested().store.write("deleted/x", "x");
      expect(await tested().store.delete("deleted/x")).toBe(true);
      expect(await tested().store.stat("deleted/x")).toBeNull();
      expect(await tested().store.delete("deleted/x")).toBe(false);
      expect(await tested().store.delete("deleted/never/was")).toBe(false);
    });

    it("deletes only what was read", async () => {
      const { etag } = await tested().store.write("deleted/edited", "v1");
      await tested().store.write("deleted/edited", "v2");
      await expect(tested().store.delete("deleted/edited", { ifMatch: etag })).rejects.toMatchObject({
        code: "STORAGE_CONFLICT",
      });
      expect(await textOf(tested().store, "deleted/edited")).toBe("v2");
    });
  });
}
