import { describe, expect, it } from "vitest";
import { listAll } from "../../src/index.ts";
import { gathered, textOf, type StoreUnderTest } from "./store-under-test.ts";

/** Bytes go in and come out again. */
export function testReadingAndWriting(tested: () => StoreUnderTest): void {
  describe("reading and writing", () => {
    it("gives back what was written, in directories that did not exist", async () => {
      const written = await tested().store.write("plain/deep/er/note.ipynb", ["{", Buffer.from("é"), "}"]);
      expect(await textOf(tested().store, "plain/deep/er/note.ipynb")).toBe("{é}");
      const info = await tested().store.stat("plain/deep/er/note.ipynb");
      expect(info).toMatchObject({ path: "plain/deep/er/note.ipynb", size: 4, etag: written.etag });
      expect(info?.modifiedAt).toBeInstanceOf(Date);
      expect(written.size).toBe(4);
    });

    it("replaces, and the etag changes with the bytes", async () => {
      const first = await tested().store.write("plain/replaced", "one");
      const second = await tested().store.write("plain/replaced", "two!");
      expect(second.etag).not.toBe(first.etag);
      expect(await textOf(tested().store, "plain/replaced")).toBe("two!");
    });

    it("keeps an empty file", async () => {
      await tested().store.write("plain/empty", "");
      expect(await tested().store.stat("plain/empty")).toMatchObject({ size: 0 });
      expect(await textOf(tested().store, "plain/empty")).toBe("");
    });

    it.each(["a b.txt", "ü ñ 漢字 😀", "100%+?#&=.txt", "'quotes\" <x>", "-", "tilde~", "a:b"])(
      "takes the name %j",
      async (name) => {
        await tested().store.write(`names/${name}`, name);
        expect(await textOf(tested().store, `names/${name}`)).toBe(name);
        const listed = await gathered(listAll(tested().store, "names"));
        expect(listed.map(({ path }) => path)).toContain(`names/${name}`);
      },
    );

    it("says what is not there", async () => {
      expect(await tested().store.stat("plain/absent")).toBeNull();
      expect(await tested().store.stat("plain")).toBeNull();
      expect(await tested().store.stat("plain/replaced/below-a-file")).toBeNull();
      await expect(tested().store.read("plain/absent")).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
      await expect(tested().store.copy("plain/absent", "plain/copy")).rejects.toMatchObject({
        code: "STORAGE_NOT_FOUND",
      });
    });

    it("leaves the old file where a body fails half-way", async () => {
      await tested().store.write("plain/kept", "old");
      async function* broken(): AsyncGenerator<string> {
        yield "new";
        throw new Error("source broke");
      }
      await expect(tested().store.write("plain/kept", broken())).rejects.toThrow("source broke");
      expect(await textOf(tested().store, "plain/kept")).toBe("old");
      expect((await tested().store.list("plain")).entries.map(({ path }) => path)).toContain("plain/kept");
    });

    it("stops when told to", async () => {
      const signal = AbortSignal.abort(new Error("enough"));
      await expect(tested().store.write("plain/aborted", "x", { signal })).rejects.toThrow("enough");
      expect(await tested().store.stat("plain/aborted")).toBeNull();
    });

    it("can close a file unread", async () => {
      await tested().store.write("plain/unread", "x");
      const file = await tested().store.read("plain/unread");
      await file.close();
    });
  });
}
