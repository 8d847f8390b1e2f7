import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryPath } from "../files/temporary-file.ts";
import { openLocation } from "./open-location.ts";
import type { Location } from "./location.ts";

describe("a local path", () => {
  let cwd: string;
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), "notemill-location-"));
  });
  afterEach(() => rm(cwd, { recursive: true }));

  const at = (path: string, maxBytes?: number): Location =>
    openLocation(path, { cwd, ...(maxBytes !== undefined && { maxBytes }) });
  const contents = (path: string): string => readFileSync(join(cwd, path), "utf8");
  const mode = (path: string): number => statSync(join(cwd, path)).mode & 0o777;

  it("is written from pieces and read back", async () => {
    const location = at("out.ipynb");
    await location.checkWritable();
    expect(readdirSync(cwd)).toEqual([]);
    expect(await location.exists()).toBe(false);
    await location.write(["{", Buffer.from("é"), "", "}"], { durable: true });
    expect(Buffer.from(await location.read()).toString()).toBe("{é}");
    expect(location.describe()).toBe("out.ipynb");
    expect(location.rewritable).toBe(true);
    expect(await location.exists()).toBe(true);
    expect(readdirSync(cwd)).toEqual(["out.ipynb"]);
  });

  it.each(["a b#c?d%20.ipynb", "ü/../n.ipynb", "-x.ipynb", "x".repeat(255)])(
    "may be called %j",
    async (name) => {
      mkdirSync(join(cwd, "ü"));
      await at(name).checkWritable();
      await at(name).write(["x"]);
      expect(contents(name)).toBe("x");
    },
  );

  it("may be a file:// address", async () => {
    await openLocation(`file://${cwd}/a%20b`).write(["x"]);
    expect(contents("a b")).toBe("x");
  });

  it("gets the mode of the umask when new, and keeps its own when replaced", async () => {
    await at("new").write(["x"]);
    expect(mode("new")).toBe(0o666 & ~process.umask());
    chmodSync(join(cwd, "new"), 0o640);
    await at("new").write(["y"]);
    expect(mode("new")).toBe(0o640);
  });

  it("is replaced through links, which stay, also when they lead nowhere yet", async () => {
    mkdirSync(join(cwd, "real/deep"), { recursive: true });
    mkdirSync(join(cwd, "other"));
    symlinkSync("../real/deep", join(cwd, "other/folder"));
    // Relative to where the link really is, not to the way that led there.
    symlinkSync("../target", join(cwd, "real/deep/link"));
    await at("other/folder/link").checkWritable();
    await at("other/folder/link").write(["new"]);
    expect(contents("real/target")).toBe("new");
    await at("other/folder/link").write(["newer"]);
    expect(contents("real/target")).toBe("newer");
    expect(lstatSync(join(cwd, "real/deep/link")).isSymbolicLink()).toBe(true);
  });

  it.each([
    ["missing/out", "STORAGE_NO_DIRECTORY", "create it first"],
    ["file/out", "STORAGE_NO_DIRECTORY", "directory"],
    ["directory", "STORAGE_IS_DIRECTORY", "name a file in it"],
    ["new-directory/", "STORAGE_IS_DIRECTORY", "name a file in it"],
    ["circle", "STORAGE_PATH_INVALID", "links"],
  ])("is refused before and at the write: %s gives %s", async (path, code, words) => {
    writeFileSync(join(cwd, "file"), "");
    mkdirSync(join(cwd, "directory"));
    symlinkSync("circle", join(cwd, "circle"));
    const refusal = { code, message: expect.stringContaining(words) as string };
    await expect(at(path).write(["x"])).rejects.toMatchObject(refusal);
    await expect(at(path).checkWritable()).rejects.toMatchObject(refusal);
    expect(readdirSync(cwd).toSorted()).toEqual(["circle", "directory", "file"]);
  });

  it("cannot have a name that is too long", async () => {
    const refusal = { code: "STORAGE_PATH_INVALID" };
    await expect(at("y".repeat(256)).write(["x"])).rejects.toMatchObject(refusal);
    await expect(at("y".repeat(256)).checkWritable()).rejects.toMatchObject(refusal);
  });

  it.each([
    ["missing", "STORAGE_NOT_FOUND"],
    ["missing/deeper", "STORAGE_NOT_FOUND"],
    ["directory", "STORAGE_IS_DIRECTORY"],
  ])("is not read: %s gives %s", async (path, code) => {
    mkdirSync(join(cwd, "directory"));
    await expect(at(path).read()).rejects.toMatchObject({ code });
  });

  it.each(["", "a\0b"])("cannot be %j", (path) => {
    expect(() => at(path)).toThrow(expect.objectContaining({ code: "STORAGE_PATH_INVALID" }) as Error);
  });

  it("is read up to a limit, whether its size is known or not", async () => {
    writeFileSync(join(cwd, "large"), "0123456789");
    expect(await at("large", 10).read()).toHaveLength(10);
    await expect(at("large", 9).read()).rejects.toMatchObject({ code: "STORAGE_TOO_LARGE" });
    await expect(at("/dev/zero", 1000).read()).rejects.toMatchObject({ code: "STORAGE_TOO_LARGE" });
  });

  it("keeps the old file and leaves nothing behind when the source fails or the caller gives up", async () => {
    writeFileSync(join(cwd, "out"), "old");
    function* broken(): Generator<string> {
      yield "x".repeat(1_000_000);
      throw new Error("source broke");
    }
    await expect(at("out").write(broken())).rejects.toThrow("source broke");
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(at("out").write(["new"], { signal })).rejects.toThrow("enough");
    expect(contents("out")).toBe("old");
    expect(readdirSync(cwd)).toEqual(["out"]);
  });

  it("sweeps what a dead process left behind, when it is checked", async () => {
    const ours = temporaryPath(join(cwd, "x"));
    // No process has this id: it is beyond the largest that Linux gives out.
    const dead = ours.replace(`-${process.pid}-`, "-4194305-");
    writeFileSync(ours, "");
    writeFileSync(dead, "");
    await at("out").checkWritable();
    expect(readdirSync(cwd).map((name) => join(cwd, name))).toEqual([ours]);
  });

  it.each(["/dev/null", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])(
    "may be %s, written through",
    async (path) => {
      const location = at(path);
      expect(location.rewritable).toBe(false);
      expect(location.localPath).toBeUndefined();
      await location.checkWritable();
      await location.write([""]);
    },
  );

  it("may be a device that is full", async () => {
    await expect(at("/dev/full").write(["x"])).rejects.toMatchObject({ code: "STORAGE_FULL" });
  });

  it("may be a descriptor that is not open", async () => {
    await expect(at("/dev/fd/987").write(["x"])).rejects.toMatchObject({
      code: "STORAGE_UNAVAILABLE",
      message: expect.stringContaining("/dev/fd/987") as string,
    });
  });
});
