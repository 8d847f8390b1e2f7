import { describe, expect, it } from "vitest";
import type { StoreUnderTest } from "./store-under-test.ts";

/** Directories can be empty, and go only then. */
export function testDirectories(tested: () => StoreUnderTest): void {
  describe("directories", () => {
    it("are made empty, are listed, and are removed", async () => {
      const { store } = tested();
      expect(await store.hasDirectory("made/empty")).toBe(false);
      await store.makeDirectory("made/empty");
      await store.makeDirectory("made/empty");
      expect(await store.hasDirectory("made/empty")).toBe(true);
      expect((await store.list("made")).entries).toEqual([{ kind: "directory", path: "made/empty" }]);
      expect((await store.list("made/empty")).entries).toEqual([]);
      expect((await store.list("made", { recursive: true })).entries).toEqual([]);
      expect(await store.stat("made/empty")).toBeNull();
      expect(await store.removeDirectory("made/empty")).toBe(true);
      expect(await store.removeDirectory("made/empty")).toBe(false);
      expect(await store.hasDirectory("made/empty")).toBe(false);
    });

    it("stay as long as something is in them", async () => {
      const { store } = tested();
      await store.makeDirectory("full");
      await store.write("full/a", "x");
      expect(await store.hasDirectory("full")).toBe(true);
      expect(await store.removeDirectory("full")).toBe(false);
      expect(await store.stat("full/a")).not.toBeNull();
      expect(await store.hasDirectory("full/a")).toBe(false);
    });

    it.each(["", "a/../b", "a/", "/a"])("refuse the path %j", async (path) => {
      const { store } = tested();
      const refusal = { code: "STORAGE_PATH_INVALID" };
      await expect(store.makeDirectory(path)).rejects.toMatchObject(refusal);
      await expect(store.removeDirectory(path)).rejects.toMatchObject(refusal);
      await expect(store.hasDirectory(path)).rejects.toMatchObject(refusal);
    });
  });
}
