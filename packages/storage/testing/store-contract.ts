import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ListEntry, listAll, probeConditionalWrites, readAll, type Store } from "../src/index.ts";

/** A store to be tested, empty, and how it is put away. */
export interface StoreUnderTest {
  readonly store: Store;
  readonly keepsMetadata: boolean;
  /** Makes many empty files by a shorter way than the store. Default: the store. */
  readonly fill?: (paths: readonly string[]) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

const MANY = 5000;
const LARGE_BYTES = 50 * 1024 * 1024;
const PIECE = 256 * 1024;

/** What every {@link Store} does, whatever it is made of. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a store`, () => {
    let tested: StoreUnderTest;
    let store: Store;
    beforeAll(async () => {
      tested = await open();
      store = tested.store;
    });
    afterAll(() => tested.dispose());

    const text = async (path: string, range?: { start: number; end?: number }): Promise<string> =>
      Buffer.from(await readAll(store, path, range ? { range } : {})).toString("utf8");

    describe("reading and writing", () => {
      it("gives back what was written, in directories that did not exist", async () => {
        const written = await store.write("plain/deep/er/note.ipynb", ["{", Buffer.from("é"), "}"]);
        expect(await text("plain/deep/er/note.ipynb")).toBe("{é}");
        const info = await store.stat("plain/deep/er/note.ipynb");
        expect(info).toMatchObject({ path: "plain/deep/er/note.ipynb", size: 4, etag: written.etag });
        expect(info?.modifiedAt).toBeInstanceOf(Date);
        expect(written.size).toBe(4);
      });

      it("replaces, and the etag changes with the bytes", async () => {
        const first = await store.write("plain/replaced", "one");
        const second = await store.write("plain/replaced", "two!");
        expect(second.etag).not.toBe(first.etag);
        expect(await text("plain/replaced")).toBe("two!");
      });

      it("keeps an empty file", async () => {
        await store.write("plain/empty", "");
        expect(await store.stat("plain/empty")).toMatchObject({ size: 0 });
        expect(await text("plain/empty")).toBe("");
      });

      it.each(["a b.txt", "ü ñ 漢字 😀", "100%+?#&=.txt", "'quotes\" <x>", "-", "tilde~", "a:b"])(
        "takes the name %j",
        async (name) => {
          await store.write(`names/${name}`, name);
          expect(await text(`names/${name}`)).toBe(name);
          const listed = await gathered(listAll(store, "names"));
          expect(listed.map(({ path }) => path)).toContain(`names/${name}`);
        },
      );

      it("says what is not there", async () => {
        expect(await store.stat("plain/absent")).toBeNull();
        expect(await store.stat("plain")).toBeNull();
        expect(await store.stat("plain/replaced/below-a-file")).toBeNull();
        await expect(store.read("plain/absent")).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
        await expect(store.copy("plain/absent", "plain/copy")).rejects.toMatchObject({
          code: "STORAGE_NOT_FOUND",
        });
      });

      it("leaves the old file where a body fails half-way", async () => {
        await store.write("plain/kept", "old");
        async function* broken(): AsyncGenerator<string> {
          yield "new";
          throw new Error("source broke");
        }
        await expect(store.write("plain/kept", broken())).rejects.toThrow("source broke");
        expect(await text("plain/kept")).toBe("old");
        expect((await store.list("plain")).entries.map(({ path }) => path)).toContain("plain/kept");
      });

      it("stops when told to", async () => {
        const signal = AbortSignal.abort(new Error("enough"));
        await expect(store.write("plain/aborted", "x", { signal })).rejects.toThrow("enough");
        expect(await store.stat("plain/aborted")).toBeNull();
      });

      it("can close a file unread", async () => {
        await store.write("plain/unread", "x");
        const file = await store.read("plain/unread");
        await file.close();
      });
    });

    describe("ranges", () => {
      it.each([
        ["the start", { start: 0, end: 3 }, "012"],
        ["the middle", { start: 3, end: 5 }, "34"],
        ["to the end", { start: 7 }, "789"],
        ["past the end", { start: 8, end: 100 }, "89"],
      ])("reads %s", async (_what, range, expected) => {
        await store.write("ranges/digits", "0123456789");
        expect(await text("ranges/digits", range)).toBe(expected);
      });

      it.each([
        ["after the end", { start: 10 }],
        ["backwards", { start: 5, end: 4 }],
        ["empty", { start: 5, end: 5 }],
        ["negative", { start: -1 }],
        ["in fractions", { start: 0.5 }],
      ])("refuses one %s", async (_what, range) => {
        await store.write("ranges/digits", "0123456789");
        await expect(store.read("ranges/digits", { range })).rejects.toMatchObject({
          code: "STORAGE_RANGE_INVALID",
        });
      });

      it("reads the whole of an empty file", async () => {
        await store.write("ranges/empty", "");
        expect(await text("ranges/empty", { start: 0, end: 10 })).toBe("");
      });
    });

    describe("conditions", () => {
      it("creates once", async () => {
        await store.write("conditions/once", "first", { ifNoneMatch: "*" });
        await expect(store.write("conditions/once", "second", { ifNoneMatch: "*" })).rejects.toMatchObject({
          code: "STORAGE_CONFLICT",
        });
        expect(await text("conditions/once")).toBe("first");
      });

      it("replaces only what was read", async () => {
        const { etag } = await store.write("conditions/edited", "v1");
        const next = await store.write("conditions/edited", "v2", { ifMatch: etag });
        await expect(store.write("conditions/edited", "v3", { ifMatch: etag })).rejects.toMatchObject({
          code: "STORAGE_CONFLICT",
        });
        await store.write("conditions/edited", "v4", { ifMatch: next.etag });
        expect(await text("conditions/edited")).toBe("v4");
      });

      it("does not replace what is gone", async () => {
        const { etag } = await store.write("conditions/gone", "v1");
        await store.delete("conditions/gone");
        await expect(store.write("conditions/gone", "v2", { ifMatch: etag })).rejects.toMatchObject({
          code: "STORAGE_CONFLICT",
        });
        expect(await store.stat("conditions/gone")).toBeNull();
      });

      it("lets one of ten creators win", async () => {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 10 }, (_, i) =>
            store.write("conditions/raced", `writer ${i}`, { ifNoneMatch: "*" }),
          ),
        );
        const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
        expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        expect(await text("conditions/raced")).toBe(`writer ${winner}`);
        for (const outcome of outcomes) {
          if (outcome.status === "rejected")
            expect(outcome.reason).toMatchObject({ code: "STORAGE_CONFLICT" });
        }
      });

      it("is found to honour conditions", async () => {
        expect(await probeConditionalWrites(store, "conditions/probe")).toEqual({
          create: true,
          replace: true,
        });
        expect(await store.stat("conditions/probe")).toBeNull();
      });
    });

    describe("copying and deleting", () => {
      it("copies the bytes", async () => {
        await store.write("copies/from ü.txt", "bytes");
        const { size, etag } = await store.copy("copies/from ü.txt", "copies/below/to ü.txt");
        expect(size).toBe(5);
        expect(await text("copies/below/to ü.txt")).toBe("bytes");
        expect((await store.stat("copies/below/to ü.txt"))?.etag).toBe(etag);
      });

      it("copies under a condition", async () => {
        await store.write("copies/source", "new");
        await store.write("copies/taken", "old");
        await expect(store.copy("copies/source", "copies/taken", { ifNoneMatch: "*" })).rejects.toMatchObject(
          {
            code: "STORAGE_CONFLICT",
          },
        );
        await store.copy("copies/source", "copies/free", { ifNoneMatch: "*" });
        expect(await text("copies/taken")).toBe("old");
        expect(await text("copies/free")).toBe("new");
      });

      it("deletes once", async () => {
        await store.write("deleted/x", "x");
        expect(await store.delete("deleted/x")).toBe(true);
        expect(await store.stat("deleted/x")).toBeNull();
        expect(await store.delete("deleted/x")).toBe(false);
        expect(await store.delete("deleted/never/was")).toBe(false);
      });

      it("deletes only what was read", async () => {
        const { etag } = await store.write("deleted/edited", "v1");
        await store.write("deleted/edited", "v2");
        await expect(store.delete("deleted/edited", { ifMatch: etag })).rejects.toMatchObject({
          code: "STORAGE_CONFLICT",
        });
        expect(await text("deleted/edited")).toBe("v2");
      });
    });

    describe("listing", () => {
      const shown = (entries: readonly { kind: string; path: string }[]): string[] =>
        entries.map(({ kind, path }) => (kind === "directory" ? `${path}/` : path));

      it("gives files and directories, in byte order", async () => {
        for (const path of ["a/x", "a.txt", "b/c/d", "Z", "é", "\u{1F600}", "\uFF5E"]) {
          await store.write(`listed/${path}`, "x");
        }
        const { entries } = await store.list("listed");
        expect(shown(entries)).toEqual(
          ["Z", "a.txt", "a/", "b/", "é", "\uFF5E", "\u{1F600}"].map((path) => `listed/${path}`),
        );
        expect(entries[0]).toMatchObject({ kind: "file", size: 1, modifiedAt: expect.any(Date) });
        const deep = await store.list("listed", { recursive: true });
        expect(shown(deep.entries)).toEqual(
          ["Z", "a.txt", "a/x", "b/c/d", "é", "\uFF5E", "\u{1F600}"].map((path) => `listed/${path}`),
        );
      });

      it("takes no neighbour with the same prefix for a child", async () => {
        await store.write("prefix/a", "x");
        await store.write("prefix-more/b", "x");
        expect(shown((await store.list("prefix")).entries)).toEqual(["prefix/a"]);
      });

      it("finds nothing in a directory that is not there", async () => {
        expect(await store.list("no/such/directory")).toEqual({ entries: [] });
      });

      it("goes through pages of any size without a gap or a repetition", async () => {
        const paths = ["p/1", "p/2/a", "p/2/b", "p/2.x", "p/3", "p/4/deep/er", "p/5"];
        for (const path of paths) await store.write(`pages/${path}`, "x");
        for (const recursive of [false, true]) {
          const whole = shown((await store.list("pages/p", { recursive })).entries);
          for (const limit of [1, 2, 3]) {
            const paged = await gathered(listAll(store, "pages/p", { recursive, limit }));
            expect(shown(paged)).toEqual(whole);
          }
        }
      });

      it.each([0, 1001, 1.5])("refuses a page of %d", async (limit) => {
        await expect(store.list("", { limit })).rejects.toMatchObject({ code: "STORAGE_RANGE_INVALID" });
      });

      it(`lists ${MANY} files, which is more than one page`, async () => {
        const names = Array.from({ length: MANY }, (_, i) => `many/${String(i).padStart(5, "0")}`);
        await (tested.fill ?? fillStore(store))(names);
        const first = await store.list("many");
        expect(first.entries).toHaveLength(1000);
        const all = await gathered(listAll(store, "many"));
        expect(all.map(({ path }) => path)).toEqual(names);
      });
    });

    describe("paths", () => {
      it.each([
        ["", "nothing"],
        ["/etc/passwd", "absolute"],
        ["../outside", "a parent"],
        ["a/../../outside", "a parent in the middle"],
        ["a/..", "a parent at the end"],
        ["./a", "a dot"],
        ["a//b", "an empty segment"],
        ["a/", "a slash at the end"],
        ["a\0b", "NUL"],
        ["a\nb", "a line break"],
        ["a\\..\\b", "backslashes"],
        ["a.", "a dot at the end"],
        ["\uD800", "half a character"],
        ["x".repeat(256), "a long segment"],
        ["x/".repeat(600) + "x", "a long path"],
        [".notemill-0123abcd-1-0123456789ab.tmp", "a temporary name"],
      ])("refuses %.20j: %s", async (path) => {
        const refusal = { code: "STORAGE_PATH_INVALID" };
        for (const attempt of [
          () => store.stat(path),
          () => store.read(path),
          () => store.write(path, "x"),
          () => store.delete(path),
          () => store.copy(path, "ok"),
          () => store.copy("ok", path),
        ]) {
          await expect(attempt()).rejects.toMatchObject(refusal);
        }
      });

      it("knows a name in either Unicode form", async () => {
        await store.write("forms/e\u0301", "x");
        expect(await text("forms/\u00e9")).toBe("x");
      });
    });

    describe("facts kept with a file", () => {
      it("are given back, or refused", async () => {
        const write = store.write("facts/file", "x", {
          metadata: { run: "r-1" },
          contentType: "text/x-note",
        });
        if (tested.keepsMetadata) {
          await write;
          const expected = { metadata: { run: "r-1" }, contentType: "text/x-note" };
          expect(await store.stat("facts/file")).toMatchObject(expected);
          await store.copy("facts/file", "facts/copy");
          expect(await store.stat("facts/copy")).toMatchObject(expected);
        } else {
          await expect(write).rejects.toMatchObject({ code: "STORAGE_UNSUPPORTED" });
        }
      });

      it("include versions, where they are kept", async () => {
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
        const oldest = await readAll(store, "versions/file", { version: first?.version ?? "" });
        expect(Buffer.from(oldest).toString()).toBe("v1");
        expect(await store.delete("versions/file", { version: first?.version ?? "" })).toBe(true);
        expect(await store.versions("versions/file")).toHaveLength(2);
      });
    });

    it(`moves ${LARGE_BYTES / 1024 / 1024} MB in pieces`, async () => {
      let produced = 0;
      function* pieces(): Generator<Uint8Array> {
        for (; produced < LARGE_BYTES; produced += PIECE) {
          yield Buffer.alloc(PIECE, (produced / PIECE) % 251);
        }
      }
      const written = await store.write("large/file", pieces());
      expect(written.size).toBe(LARGE_BYTES);

      const file = await store.read("large/file");
      let size = 0;
      let largest = 0;
      let wrong = 0;
      for await (const piece of file.bytes) {
        for (let at = 0; at < piece.byteLength; at += 4099) {
          if (piece[at] !== Math.floor((size + at) / PIECE) % 251) wrong += 1;
        }
        size += piece.byteLength;
        largest = Math.max(largest, piece.byteLength);
      }
      expect({ size, wrong }).toEqual({ size: LARGE_BYTES, wrong: 0 });
      if (name !== "memory") expect(largest).toBeLessThanOrEqual(16 * 1024 * 1024);
    });
  });
}

/** Writes fifty files at a time. */
function fillStore(store: Store): (paths: readonly string[]) => Promise<void> {
  return async (paths) => {
    for (let at = 0; at < paths.length; at += 50) {
      await Promise.all(paths.slice(at, at + 50).map((path) => store.write(path, "")));
    }
  };
}

async function gathered(entries: AsyncIterable<ListEntry>): Promise<ListEntry[]> {
  const all: ListEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}
