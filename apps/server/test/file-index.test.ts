import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFsStore, type Store, StorageError } from "@notemill/storage";
import { type Driver, listIndexedMarks } from "@notemill/store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openEmptyPglite } from "../../../packages/store/test/open-empty-pglite.ts";
import { indexMounts } from "../src/search/file-index.ts";

let root: string;
let driver: Driver;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "notemill-index-"));
  driver = await openEmptyPglite();
});
afterAll(async () => {
  await driver?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

it("goes on behind what cannot be read, and says what that was", async () => {
  const notebook = {
    cells: [],
    metadata: { title: "a\u0000b", authors: ["\u0000"] },
    nbformat: 4,
    nbformat_minor: 5,
  };
  for (const name of ["1-broken", "2-forbidden", "3-zero", "4-good"])
    writeFileSync(join(root, `${name}.ipynb`), JSON.stringify(notebook));
  const files = openFsStore(root);
  // Whoever runs the tests may read everything, so two of the answers are given here.
  const store: Store = {
    ...files,
    read: async (path, options) => {
      if (path === "1-broken.ipynb") throw new StorageError("STORAGE_UNAVAILABLE", "the disk is broken");
      if (path === "2-forbidden.ipynb") throw new StorageError("STORAGE_FORBIDDEN", "permission denied");
      return files.read(path, options);
    },
  };
  const gone: Store = { ...files, list: async () => Promise.reject(new Error("the share is away")) };
  const reported: string[] = [];
  await indexMounts({
    driver,
    mounts: [
      { prefix: "/gone", store: gone },
      { prefix: "/w", store },
    ],
    user: "ada",
    closing: new AbortController().signal,
    report: (what) => reported.push(what),
  });
  expect(reported).toEqual([
    '"/gone/" could not be looked through for the search, which is tried again',
    '"/w/1-broken.ipynb" could not be made to be found',
  ]);
  const marks = await listIndexedMarks(driver, { after: "/", upTo: "/z" });
  expect(marks.map(({ path }) => path).sort()).toEqual([
    "/w/2-forbidden.ipynb",
    "/w/3-zero.ipynb",
    "/w/4-good.ipynb",
  ]);
});
