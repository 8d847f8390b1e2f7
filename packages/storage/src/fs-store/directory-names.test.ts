import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepNames, type ReadNames, readNames } from "./directory-names.ts";
import { openDirectory } from "./open-directory.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "notemill-names-"));
});
afterAll(() => rm(root, { recursive: true }));

/** Makes a directory of so many files, and gives what reads its names and how often the disk was asked. */
function many(name: string, count: number, now: () => number = Date.now) {
  mkdirSync(join(root, name));
  for (let file = 0; file < count; file++) writeFileSync(join(root, name, `${file}`), "");
  let reads = 0;
  const counted: ReadNames = (open, directory) => {
    reads += 1;
    return readNames(open, directory);
  };
  const kept = keepNames(counted, now);
  return {
    async names(): Promise<readonly string[]> {
      using open = await openDirectory(root, [name], { create: false, traversal: "checked-paths" });
      return (await kept(open, name as Parameters<ReadNames>[1])).map((it) => it.key);
    },
    reads: () => reads,
  };
}

it("orders names by their bytes, a directory as what is below it", async () => {
  const { names } = many("order", 0);
  for (const file of ["a.txt", "\u{1F600}", "\uFF5E"]) writeFileSync(join(root, "order", file), "");
  mkdirSync(join(root, "order", "a"));
  expect(await names()).toEqual(["a.txt", "a/", "\uFF5E", "\u{1F600}"]);
});

it("reads a directory again that was changed just now, and one of few names", async () => {
  const { names, reads } = many("fresh", 1000);
  expect([(await names()).length, (await names()).length, reads()]).toEqual([1000, 1000, 2]);
  const few = many("few", 10);
  expect([(await few.names()).length, (await few.names()).length, few.reads()]).toEqual([10, 10, 2]);
});

it("keeps the names of a large directory until something is made in it", async () => {
  const { names, reads } = many("kept", 1000, () => Date.now() + 60_000);
  expect([(await names()).length, (await names()).length, reads()]).toEqual([1000, 1000, 1]);
  writeFileSync(join(root, "kept", "new"), "");
  expect([(await names()).length, (await names()).length, reads()]).toEqual([1001, 1001, 2]);
});
