import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storePath } from "../store/store-path.ts";
import { listDirectory, type OpenForListing } from "./list-directory.ts";
import { openDirectory } from "./open-directory.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "notemill-list-"));
  for (const name of ["a", "closed", "z"]) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, "file"), "x");
  }
});
afterAll(() => rm(root, { recursive: true }));

/** Whoever runs the tests may open everything, so the system is given its answer here. */
const open: OpenForListing = async (path) => {
  if (path === "closed") throw Object.assign(new Error("permission denied"), { code: "EACCES" });
  return openDirectory(root, path === "" ? [] : path.split("/"), {
    create: false,
    traversal: "checked-paths",
  });
};

it("leaves out directories below that may not be opened", async () => {
  const { entries } = await listDirectory({ directory: "", recursive: true, limit: 10, after: "" }, open);
  expect(entries.map(({ path }) => path)).toEqual(["a/file", "z/file"]);
});

it("says that the directory itself may not be opened", async () => {
  const closed = storePath("closed");
  await expect(
    listDirectory({ directory: closed, recursive: true, limit: 10, after: "" }, open),
  ).rejects.toMatchObject({ code: "EACCES" });
});
