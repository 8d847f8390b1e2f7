import { describe, expect, it } from "vitest";
import { readAll } from "../../src/index.ts";
import { type StoreUnderTest } from "./store-under-test.ts";

/** Metadata and versions are kept, or refused. */
export function testFacts(tested: () => StoreUnderTest): void {
  describe("facts kept with a file", () => {
    it("are given back, or refused", async () => {
      const write = tested().store.write("facts/file", "x", {
        metadata: { run: "r-1" },
        contentType: "text/x-note",
      });
      if (tested().keepsMetadata) {
        await write;
        const expected = { metadata: { run: "r-1" }, contentType: "text/x-note" };
        expect(await tested().store.stat("facts/file")).toMatchObject(expected);
        await tested().store.copy("facts/file", "facts/copy");
        expect(await tested().store.stat("facts/copy")).toMatchObject(expected);
      } else {
        await expect(write).rejects.toMatchObject({ code: "STORAGE_UNSUPPORTED" });
      }
    });

    it("include versions, where they are kept", async () => {
      const { store } = tested();
      await store.write("versions/file", "v1");
      await store.write("versions/file", "v2");
      await store.delete("versions/file");
      if (!store.versions) {
        await expect(store.read("versions/file", { version: "1" })).rejects.toMatchObject({
          code: "STORAGE_UNSUPPORTED",
        });
        return;
      }
      const [deletion, second, first] = await store.versions("versions/file");
      expect(deletion).toMatchObject({ isLatest: true, isDeletion: true });
      expect(second).toMatchObject({ isLatest: false, isDeletion: false, size: 2 });
      const oldest = await readAll(tested().store, "versions/file", { version: first?.version ?? "" });
      expect(Buffer.from(oldest).toString()).toBe("v1");
      expect(await store.delete("versions/file", { version: first?.version ?? "" })).toBe(true);
      expect(await store.versions("versions/file")).toHaveLength(2);
    });
  });
}
