import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Driver,
  dropIndexedDirectory,
  dropIndexedFiles,
  indexFile,
  listIndexedMarks,
  listRecentNotebooks,
  type NewIndexedFile,
  searchFiles,
} from "../src/index.ts";

/** What the index of files has to do. */
export function searchContract(driverOf: () => Driver): void {
  describe("the index of files", () => {
    const file = (path: string, words: string, second: number): NewIndexedFile => ({
      path,
      isNotebook: path.endsWith(".ipynb"),
      title: `Title of ${path}`,
      authors: ["Ada, “A”"],
      tags: ["a'b"],
      excerpt: "",
      size: 2 ** 40,
      modifiedAt: new Date(second * 1000),
      words,
    });
    const prefixes = ["/v/", "/w/", "/w0/"];
    const found = async (query: string, under = "", within = prefixes): Promise<readonly string[]> => {
      const files = await searchFiles(driverOf(), {
        owner: "finder",
        query,
        prefixes: within,
        under,
        limit: 10,
      });
      return files.map(({ path }) => path);
    };

    beforeAll(async () => {
      for (const it of [
        file("/w/a/größe.ipynb", "'größe':1A 'sales':2C", 1),
        file("/w/a/sales.ipynb", "'sales':1A", 2),
        file("/w/b/c.ipynb", "'sales':1B 'x':2C", 3),
        file("/w/b/d.csv", "'salesman':1C", 4),
        file("/w0/z.ipynb", "'sales':1A", 5),
      ])
        await indexFile(driverOf(), "finder", it);
    });
    afterAll(async () => {
      await dropIndexedDirectory(driverOf(), "/w");
      await dropIndexedDirectory(driverOf(), "/w0");
    });

    it("finds words and their beginnings, names and titles first", async () => {
      expect(await found("'sales':*")).toEqual([
        "/w0/z.ipynb",
        "/w/a/sales.ipynb",
        "/w/b/c.ipynb",
        "/w/b/d.csv",
        "/w/a/größe.ipynb",
      ]);
      expect(await found("'größ':* & 'sal':*")).toEqual(["/w/a/größe.ipynb"]);
      expect(await found("'sales':*", "/w/b/")).toEqual(["/w/b/c.ipynb", "/w/b/d.csv"]);
      expect(await found("'none':*")).toEqual([]);
      const other = { owner: "other", query: "'x':*", prefixes, under: "", limit: 9 };
      expect(await searchFiles(driverOf(), other)).toEqual([]);
    });

    it("lists notebooks page by page, those that were changed last first", async () => {
      const first = await listRecentNotebooks(driverOf(), {
        owner: "finder",
        prefixes,
        under: "",
        before: null,
        limit: 2,
      });
      expect(first.map(({ path }) => path)).toEqual(["/w0/z.ipynb", "/w/b/c.ipynb"]);
      const before = first.at(-1) ?? null;
      const rest = await listRecentNotebooks(driverOf(), {
        owner: "finder",
        prefixes,
        under: "/w/",
        before,
        limit: 9,
      });
      expect(rest.map(({ path }) => path)).toEqual(["/w/a/sales.ipynb", "/w/a/größe.ipynb"]);
      expect(rest[1]).toMatchObject({
        authors: ["Ada, “A”"],
        tags: ["a'b"],
        size: 2 ** 40,
        modifiedAt: new Date(1000),
      });
    });

    it("gives nothing of what is mounted no longer", async () => {
      expect(await found("'sales':*", "", ["/w0/"])).toEqual(["/w0/z.ipynb"]);
      expect(await found("'sales':*", "", ["/w/b/", "/w0/"])).toEqual([
        "/w0/z.ipynb",
        "/w/b/c.ipynb",
        "/w/b/d.csv",
      ]);
      expect(await found("'sales':*", "", [])).toEqual([]);
      const recent = await listRecentNotebooks(driverOf(), {
        owner: "finder",
        prefixes: ["/w/a/", "/v/"],
        under: "",
        before: null,
        limit: 9,
      });
      expect(recent.map(({ path }) => path)).toEqual(["/w/a/sales.ipynb", "/w/a/größe.ipynb"]);
    });

    it("knows what it has of a directory, and lets it go", async () => {
      const within = { after: "/w/", upTo: "/w/\u{10ffff}" };
      expect((await listIndexedMarks(driverOf(), within)).map(({ path }) => path).sort()).toHaveLength(4);
      await indexFile(driverOf(), "finder", file("/w/a/sales.ipynb", "'other':1A", 9));
      expect(await found("'other':*")).toEqual(["/w/a/sales.ipynb"]);
      await dropIndexedFiles(driverOf(), ["/w/a/sales.ipynb"]);
      await dropIndexedDirectory(driverOf(), "/w/b");
      expect((await listIndexedMarks(driverOf(), within)).map(({ path }) => path)).toEqual([
        "/w/a/größe.ipynb",
      ]);
    });

    it("is read by an index, whatever the tables hold", async () => {
      const rows = await driverOf().query(
        "explain select path from indexed_file where words @@ '''a'':*'::text::tsquery and owner || '' = 'finder' and left(path, length('/w')) = '/w' and path ^@ any('{/v/,/w/}'::text[]) limit 2000",
      );
      expect(JSON.stringify(rows)).toContain("indexed_file_words");
    });
  });
}
