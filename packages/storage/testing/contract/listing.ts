import { describe, expect, it } from "vitest";
import { listAll } from "../../src/index.ts";
import { gathered, type StoreUnderTest } from "./store-under-test.ts";

/** Directories are listed in pages, in the order of their bytes. */
export function testListing(tested: () => StoreUnderTest): void {
  describe("listing", () => {
    const shown = (entries: readonly { kind: string; path: string }[]): string[] =>
      entries.map(({ kind, path }) => (kind === "directory" ? `${path}/` : path));

    it("gives files and directories, in byte order", async () => {
      for (const path of ["a/x", "a.txt", "b/c/d", "Z", "é", "\u{1F600}", "\uFF5E"]) {
        await tested().store.write(`listed/${path}`, "x");
      }
      const { entries } = await tested().store.list("listed");
      expect(shown(entries)).toEqual(
        ["Z", "a.txt", "a/", "b/", "é", "\uFF5E", "\u{1F600}"].map((path) => `listed/${path}`),
      );
      expect(entries[0]).toMatchObject({ kind: "file", size: 1, modifiedAt: expect.any(Date) });
      const deep = await tested().store.list("listed", { recursive: true });
      expect(shown(deep.entries)).toEqual(
        ["Z", "a.txt", "a/x", "b/c/d", "é", "\uFF5E", "\u{1F600}"].map((path) => `listed/${path}`),
      );
    });

    it("takes no neighbour with the same prefix for a child", async () => {
      await tested().store.write("prefix/a", "x");
      await tested().store.write("prefix-more/b", "x");
      expect(shown((await tested().store.list("prefix")).entries)).toEqual(["prefix/a"]);
    });

    it("finds nothing in a directory that is not there", async () => {
      expect(await tested().store.list("no/such/directory")).toEqual({ entries: [] });
    });

    it("goes through pages of any size without a gap or a repetition", async () => {
      const paths = ["p/1", "p/2/a", "p/2/b", "p/2.x", "p/3", "p/4/deep/er", "p/5"];
      for (const path of paths) await tested().store.write(`pages/${path}`, "x");
      for (const recursive of [false, true]) {
        const whole = shown((await tested().store.list("pages/p", { recursive })).entries);
        for (const limit of [1, 2, 3]) {
          const paged = await gathered(listAll(tested().store, "pages/p", { recursive, limit }));
          expect(shown(paged)).toEqual(whole);
        }
      }
    });

    it("gives what has a wanted name, page by page", async () => {
      for (const path of ["m/a.csv", "m/b.txt", "m/c.csv", "m/d.csv/e.txt", "m/f.csv"])
        await tested().store.write(`matched/${path}`, "x");
      const match = (name: string): boolean => name.endsWith(".csv");
      for (const limit of [1, 2, 1000]) {
        const flat = await gathered(listAll(tested().store, "matched/m", { match, limit }));
        expect(shown(flat)).toEqual(["a.csv", "c.csv", "d.csv/", "f.csv"].map((it) => `matched/m/${it}`));
        const deep = await gathered(listAll(tested().store, "matched", { match, limit, recursive: true }));
        expect(shown(deep)).toEqual(["a.csv", "c.csv", "f.csv"].map((it) => `matched/m/${it}`));
      }
    });

    it.each([0, 1001, 1.5])("refuses a page of %d", async (limit) => {
      await expect(tested().store.list("", { limit })).rejects.toMatchObject({
        code: "STORAGE_RANGE_INVALID",
      });
    });
  });
}
