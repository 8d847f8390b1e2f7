import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenFile } from "@notemill/storage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createPreviewFiles, type PreviewFiles } from "./preview-files.ts";

let directory = "";
let files: PreviewFiles;
let said: string[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "previews-"));
  said = [];
});
afterEach(async () => {
  files[Symbol.dispose]();
  await rm(directory, { recursive: true });
});

/** Asks for a copy of a file that holds its name, and breaks off in the middle where it is to fail. */
function copyOf(path: string, { fails = false } = {}): Promise<string> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    said.push(`begin ${path}`);
    yield Buffer.from(path);
    await new Promise(setImmediate);
    said.push(`end ${path}`);
    if (fails) throw new Error("no");
  }
  const open = async (): Promise<OpenFile> => ({
    path,
    size: path.length,
    modifiedAt: new Date(0),
    etag: "1",
    bytes: bytes(),
    close: () => Promise.resolve(),
  });
  return files.copyOf({ path, etag: "1", ending: "csv" }, open);
}

it("makes a copy once, one at a time, and leaves nothing of one that fails", async () => {
  files = createPreviewFiles(directory);
  const [a, again, fails, b] = await Promise.allSettled([
    copyOf("a"),
    copyOf("a"),
    copyOf("f", { fails: true }),
    copyOf("b"),
  ]);
  expect(said).toHaveLength(6);
  expect(said.map((it, index) => (index % 2 === 0 ? it : it.replace("end", "begin")))).toEqual(
    said.flatMap((it, index) => (index % 2 === 0 ? [it, it] : [])),
  );
  expect(again).toEqual(a);
  expect(fails).toMatchObject({ reason: { message: "no" } });
  const names = [a, b].map((it) => (it.status === "fulfilled" ? it.value : ""));
  expect((await readdir(directory)).sort()).toEqual(names.toSorted());
  expect(await readFile(join(directory, names[1] ?? ""), "utf8")).toBe("b");
});

it("takes away what nobody has looked at for hours, and no directory of the reader", async () => {
  await mkdir(join(directory, "spill"));
  await writeFile(join(directory, "spill", "x"), "x");
  await writeFile(join(directory, "old.csv"), "x");
  await writeFile(join(directory, "new.csv"), "x");
  for (const [name, hours] of Object.entries({ "old.csv": 7, "new.csv": 5, spill: 9 })) {
    const at = new Date(Date.now() - hours * 3_600_000);
    await utimes(join(directory, name), at, at);
  }
  files = createPreviewFiles(directory);
  const name = await copyOf("a");
  expect((await readdir(directory)).sort()).toEqual([name, "new.csv", "spill"].toSorted());
});
