import { existsSync, mkdtempSync } from "node:fs";
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepArtifacts } from "./keep-artifacts.ts";

describe("keepArtifacts", () => {
  let directory: string;
  let outputs: string;
  let record: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "notemill-artifacts-"));
    [outputs, record] = [join(directory, "outputs"), join(directory, "record")];
    await mkdir(outputs);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const write = async (name: string, text = name): Promise<void> => {
    await mkdir(join(outputs, name, ".."), { recursive: true });
    await writeFile(join(outputs, name), text);
  };
  const kept = async (): Promise<readonly string[]> => {
    const entries = await readdir(record, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(record.length + 1))
      .sort();
  };

  it("keeps files with their directories, whatever their names are", async () => {
    for (const name of ["model.bin", "plots/a b.png", "plots/дом/ü?#%.txt", ".hidden"]) await write(name);
    expect(await keepArtifacts(outputs, record, { how: "move" })).toBeNull();
    expect(await kept()).toEqual([
      "artifacts/.hidden",
      "artifacts/model.bin",
      "artifacts/plots/a b.png",
      "artifacts/plots/дом/ü?#%.txt",
    ]);
    expect(existsSync(join(outputs, "model.bin"))).toBe(false);
  });

  it("follows no link, and keeps nothing that is no file", async () => {
    await writeFile(join(directory, "secret"), "s");
    await mkdir(join(directory, "elsewhere"));
    await writeFile(join(directory, "elsewhere", "b"), "s");
    await symlink(join(directory, "secret"), join(outputs, "link"));
    await symlink(join(directory, "elsewhere"), join(outputs, "directory"));
    await write("good");
    const warning = await keepArtifacts(outputs, record, { how: "copy" });
    expect(warning).toMatchObject({ code: "ARTIFACTS_LEFT_OUT" });
    expect(warning?.message).toContain('"directory", "link";');
    expect(await kept()).toEqual(["artifacts/good"]);
    expect(await readFile(join(outputs, "good"), "utf8")).toBe("good");
  });

  it.each([
    ["too many files", { maxFiles: 2 }, ["artifacts/a", "artifacts/b"], '"c", "line\\nbreak"'],
    ["too many bytes", { maxBytes: 2 }, ["artifacts/a", "artifacts/b"], '"c", "line\\nbreak"'],
    ["names that no store takes", {}, ["artifacts/a", "artifacts/b", "artifacts/c"], '"line\\nbreak"'],
  ])("leaves out %s, and says so", async (_what, limits, expected, named) => {
    for (const name of ["a", "b", "c"]) await write(name);
    await write("line\nbreak", "x");
    const warning = await keepArtifacts(outputs, record, { how: "move", ...limits });
    expect(await kept()).toEqual(expected);
    expect(warning?.message).toContain(`not kept of the outputs: ${named};`);
  });
});
