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
    const named = (query: string): string => query.replaceAll(":*", ":*A");
    const found = async (query: string, under = "", within = prefixes): Promise<readonly string[]> => {
      const files = await searchFiles(driverOf(), {
        owner: "finder",
        query,
        named: named(query),
        text: "",
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
      const other = {
        owner: "other",
        query: "'x':*",
        named: "'x':*A",
        text: "x",
        prefixes,
        under: "",
        limit: 9,
      };
      expect(await searchFiles(driverOf(), other)).toEqual([]);
    });

    it("finds what is called so before what mentions it, and notebooks before other files", async () => {
      const files = [
        { ...file("/v/seattle-weather.csv", "'seattle':1A 'weather':2A 'in':3C", 40), title: "" },
        { ...file("/v/s.ipynb", "'s':1A 'weather':2A 'in':3A 'seattle':4A", 1), title: "Weather in Seattle" },
        { ...file("/v/t.ipynb", "'t':1A 'the':2A 'weather':3A 'in':4A", 30), title: "The weather in" },
        { ...file("/v/u.ipynb", "'u':1A 'weather':2B 'in':3B 'seattle':4B", 50), title: "Of it" },
      ];
      for (const it of files) await indexFile(driverOf(), "finder", it);
      const sought = async (text: string, query: string): Promise<readonly string[]> => {
        const wanted = {
          owner: "finder",
          query,
          named: named(query),
          text,
          prefixes,
          under: "/v/",
          limit: 9,
        };
        return (await searchFiles(driverOf(), wanted)).map(({ path }) => path);
      };
      const [csv = "", s = "", t = "", u = ""] = files.map(({ path }) => path);
      expect(await sought("weather in", "'weather':* & 'in':*")).toEqual([s, t, u, csv]);
      expect(await sought("weather seattle", "'weather':* & 'seattle':*")).toEqual([s, csv, u]);
      expect(await sought("seattle-w", "'seattle':* & 'w':*")).toEqual([csv, s, u]);
      await dropIndexedFiles(driverOf(), [csv, s, t, u]);
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
