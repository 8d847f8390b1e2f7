import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makePipe } from "../../testing/run-script.ts";
import { lockName, temporaryPath } from "../files/temporary-file.ts";
import { type FsStore, openFsStore } from "./fs-store.ts";

describe.each(["descriptors", "checked-paths"] as const)("a store on disk, by %s", (traversal) => {
  let top: string;
  let root: string;
  let store: FsStore;
  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), "notemill-fs-"));
    root = join(top, "root");
    mkdirSync(root);
    mkdirSync(join(top, "root-twin"));
    writeFileSync(join(top, "root-twin/secret"), "secret");
    store = openFsStore(root, { traversal });
  });
  afterEach(() => rm(top, { recursive: true }));

  it("knows how much room there is, until its directory is gone", async () => {
    const { freeBytes, totalBytes } = (await store.space?.()) ?? {};
    expect(totalBytes).toBeGreaterThan(0);
    expect(freeBytes).toBeLessThanOrEqual(totalBytes ?? 0);
    renameSync(root, `${root}-moved`);
    await expect(store.space?.()).rejects.toMatchObject({ code: "STORAGE_NOT_FOUND" });
    renameSync(`${root}-moved`, root);
  });

  const refused = { code: "STORAGE_PATH_INVALID" };

  it.each([
    ["a file", "link", "../root-twin/secret", "link"],
    ["a directory", "link", "../root-twin", "link/secret"],
    ["an absolute path", "link", "/etc", "link/hostname"],
    ["a file within", "link", "real", "link"],
  ])("follows no link to %s", async (_what, name, target, path) => {
    writeFileSync(join(root, "real"), "x");
    symlinkSync(target, join(root, name));
    for (const attempt of [
      () => store.stat(path),
      () => store.read(path),
      () => store.write(path, "x"),
      () => store.copy("real", path),
    ]) {
      await expect(attempt()).rejects.toMatchObject(refused);
    }
    await expect(store.copy(path, "copy")).rejects.toMatchObject(refused);
    expect(readFileSync(join(top, "root-twin/secret"), "utf8")).toBe("secret");
  });

  it("says that a link is one, also where it leads to no directory", async () => {
    writeFileSync(join(root, "plain"), "");
    symlinkSync("plain", join(root, "link"));
    await expect(store.read("link/a/b")).rejects.toMatchObject(refused);
    await expect(store.write("link/a/b", "x")).rejects.toMatchObject(refused);
  });

  it("lists no links, devices or files of its own", async () => {
    symlinkSync("../root-twin", join(root, "link"));
    await makePipe(join(root, "pipe"));
    writeFileSync(temporaryPath(join(root, "x")), "");
    writeFileSync(join(root, lockName("x")), "");
    writeFileSync(join(root, "real."), "");
    writeFileSync(join(root, "real"), "");
    expect((await store.list("")).entries.map(({ path }) => path)).toEqual(["real"]);
    await expect(store.list("link")).rejects.toMatchObject(refused);
  });

  it("does not open a pipe, which could block for ever", async () => {
    await makePipe(join(root, "pipe"));
    await expect(store.read("pipe")).rejects.toMatchObject(refused);
    await expect(store.stat("pipe")).rejects.toMatchObject(refused);
  });

  it("leaves no file of its own behind", async () => {
    const { etag } = await store.write("a/b", "1");
    await store.write("a/b", "2", { ifMatch: etag }).catch(() => undefined);
    await store.write("a/b", "3", { ifMatch: etag }).catch(() => undefined);
    await store.write("a/b", "4", { ifNoneMatch: "*" }).catch(() => undefined);
    await store.delete("a/b");
    expect(readdirSync(join(root, "a"))).toEqual([]);
  });

  it("makes a directory with its files once, all of it or nothing", async () => {
    const files = new Map([
      ["a.txt", "ä"],
      ["b.txt", ""],
    ]);
    const made = await Promise.all([1, 2, 3].map(() => store.createDirectory("deep/within", files)));
    expect(made.toSorted()).toEqual([false, false, true]);
    expect(readFileSync(join(root, "deep/within/a.txt"), "utf8")).toBe("ä");
    expect(readdirSync(join(root, "deep/within"))).toEqual(["a.txt", "b.txt"]);
    expect(await store.createDirectory("deep/within", new Map([["c.txt", ""]]))).toBe(false);
    await store.write("deep/file", "x");
    expect(await store.createDirectory("deep/file", files)).toBe(false);
    await expect(store.createDirectory("other", new Map([["../out", ""]]))).rejects.toMatchObject(refused);
    symlinkSync("../root-twin", join(root, "link"));
    await expect(store.createDirectory("link/within", files)).rejects.toMatchObject(refused);
    expect(readdirSync(join(root, "deep"))).toEqual(["file", "within"]);
    expect(readdirSync(join(top, "root-twin"))).toEqual(["secret"]);
    expect(existsSync(join(root, "other"))).toBe(false);
  });

  it("breaks the lock of a dead process", async () => {
    const owner = basename(temporaryPath(join(root, "x"))).replace(`-${process.pid}-`, "-4194305-");
    writeFileSync(join(root, lockName("x")), owner);
    await store.write("x", "x");
    expect(readdirSync(root)).toEqual(["x"]);
  });

  it("waits for the lock of a living one, and gives up when told to", async () => {
    const lock = join(root, lockName("x"));
    writeFileSync(lock, basename(temporaryPath(lock)));
    const giveUp = new AbortController();
    const blocked = store.write("x", "blocked", { signal: giveUp.signal });
    giveUp.abort(new Error("enough"));
    await expect(blocked).rejects.toThrow("enough");

    const waiting = store.write("x", "late");
    expect(existsSync(join(root, "x"))).toBe(false);
    unlinkSync(lock);
    await waiting;
    expect(readFileSync(join(root, "x"), "utf8")).toBe("late");
    expect(readdirSync(root)).toEqual(["x"]);
  });

  it("sees a change that another program made", async () => {
    const { etag } = await store.write("x", "1");
    writeFileSync(join(root, "x"), "2");
    await expect(store.write("x", "3", { ifMatch: etag })).rejects.toMatchObject({
      code: "STORAGE_CONFLICT",
    });
    expect((await store.stat("x"))?.etag).not.toBe(etag);
  });

  it("has one etag for the same bytes, whoever wrote them", async () => {
    const { etag } = await store.write("x", "same");
    writeFileSync(join(root, "y"), "same");
    expect((await store.stat("y"))?.etag).toBe(etag);
    expect(etag).toMatch(/^[0-9a-f]{64}$/);
  });

  it("goes on reading the file that was opened when another takes its place", async () => {
    await store.write("x", "old ".repeat(200_000));
    const file = await store.read("x");
    await store.write("x", "new");
    let size = 0;
    for await (const piece of file.bytes) size += piece.byteLength;
    expect(size).toBe(800_000);
  });

  it.skipIf(!existsSync("/proc/self/fd"))(
    "keeps nothing open for a reader that goes away before the first byte",
    async () => {
      await store.write("x", "some bytes");
      const openFiles = (): number => readdirSync("/proc/self/fd").length;
      const before = openFiles();
      for (let round = 0; round < 20; round += 1) {
        const reader = Readable.from((await store.read("x")).bytes);
        reader.destroy();
        await finished(reader, { cleanup: true }).catch(() => undefined);
      }
      expect(openFiles()).toBeLessThan(before + 5);
    },
  );

  it("keeps the other name of a file that it replaces", async () => {
    await store.write("x", "old");
    linkSync(join(root, "x"), join(root, "y"));
    await store.write("x", "new");
    expect(readFileSync(join(root, "y"), "utf8")).toBe("old");
  });

  it("refuses to put a file where a directory is", async () => {
    await store.write("a/b", "x");
    await expect(store.write("a", "x")).rejects.toMatchObject({ code: "STORAGE_IS_DIRECTORY" });
    await expect(store.write("a/b/c", "x")).rejects.toMatchObject({ code: "STORAGE_NO_DIRECTORY" });
    await expect(store.delete("a")).resolves.toBe(false);
  });

  it("needs its root", () => {
    expect(() => openFsStore(join(top, "missing"))).toThrow(
      expect.objectContaining({ code: "STORAGE_NOT_FOUND" }) as Error,
    );
  });
});

describe("a store on disk while its directories are swapped for links", () => {
  it("never leads out", async () => {
    const top = await mkdtemp(join(tmpdir(), "notemill-swap-"));
    const root = join(top, "root");
    mkdirSync(join(root, "a"), { recursive: true });
    mkdirSync(join(top, "outside"));
    writeFileSync(join(root, "a/file"), "inside");
    writeFileSync(join(top, "outside/file"), "outside");
    symlinkSync("../outside", join(root, "spare"));
    const store = openFsStore(root);

    const seen = new Set<string>();
    for (let round = 0; round < 300; round += 1) {
      const reading = store.read("a/file").then(
        async (file) => {
          for await (const piece of file.bytes) seen.add(piece.toString());
        },
        (error: unknown) => seen.add((error as { code: string }).code),
      );
      // While the access is on its way: the directory goes, a link comes, and back.
      renameSync(join(root, "a"), join(root, "kept"));
      renameSync(join(root, "spare"), join(root, "a"));
      await new Promise(setImmediate);
      renameSync(join(root, "a"), join(root, "spare"));
      renameSync(join(root, "kept"), join(root, "a"));
      await reading;
    }
    expect([...seen]).not.toContain("outside");
    await rm(top, { recursive: true });
  });
});
