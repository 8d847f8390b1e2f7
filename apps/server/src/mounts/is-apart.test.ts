import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../start-server.ts";
import { isApart, liesIn } from "./is-apart.ts";
import { openMounts, openViewOnlyMounts } from "./open-mounts.ts";

describe("the data directory and what is shown", () => {
  let directory = "";
  let data = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "notemill-apart-"));
    data = join(directory, "data");
    for (const path of ["data/home/deep", "data/shared", "data/runs", "data-other", "home"])
      await mkdir(join(directory, path), { recursive: true });
    await symlink(data, join(directory, "home", "link"));
    await symlink(join(directory, "home"), join(data, "home", "outside"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it.each([
    ["home", true],
    ["data-other", true],
    ["not-there", true],
    ["data/home", true],
    ["data/home/deep", true],
    ["data/home/outside", true],
    ["data/shared", true],
    ["", false],
    ["..", false],
    ["data", false],
    ["data/runs", false],
    ["data/home/..", false],
    ["home/link", false],
    ["home/link/not-there", false],
  ])("%s: %s", async (path, apart) => {
    expect(await isApart(join(directory, path), data)).toBe(apart);
  });

  it.each([
    ["home/token", "home", true],
    ["home/link/shared/token", "data/shared", true],
    ["data/home/outside/deep/token", "home", true],
    ["home/link/token", "home", false],
    ["data/token", "data/home", false],
    ["home-token", "home", false],
  ])("the file %s is in %s: %s", async (file, shown, isIn) => {
    expect(await liesIn(join(directory, file), join(directory, shown))).toBe(isIn);
  });

  it.each([
    ["the home directory", "home", "tokenFile", "TOKEN_FILE_UNUSABLE"],
    ["/shared", "new/shared", "secretKeyFile", "SECRET_KEY_UNUSABLE"],
    ["a mount", "data-other", "tokenFile", "TOKEN_FILE_UNUSABLE"],
  ])(
    "a file of the server's in %s is refused before anything is made",
    async (_where, place, option, code) => {
      const file = join(directory, place, "deep", "key");
      const started = startServer({
        dataDirectory: join(directory, "new"),
        homeDirectory: join(directory, "home"),
        mounts: [{ prefix: "/all", url: `file://${directory}/data-other` }],
        port: 0,
        [option]: file,
      });
      await expect(started).rejects.toMatchObject({
        code,
        message: expect.stringContaining(`"${file}", and the server shows`) as string,
      });
      expect(await readdir(directory)).not.toContain("new");
    },
  );

  it("a mount that would show the data directory is refused with what to do", async () => {
    await using started = new AsyncDisposableStack();
    const refusal = { code: "MOUNT_INVALID", message: expect.stringContaining("--data") as string };
    const around = [{ prefix: "/all", url: directory }];
    await expect(openMounts(around, [], { started, dataDirectory: data })).rejects.toMatchObject(refusal);
    const shown = [{ prefix: "/", url: join(directory, "home", "link") }];
    const place = { env: {}, started, dataDirectory: data };
    await expect(openViewOnlyMounts(shown, place)).rejects.toMatchObject(refusal);
    expect(
      await openMounts([{ prefix: "/all", url: join(directory, "home") }], [], {
        started,
        dataDirectory: data,
      }),
    ).toHaveLength(1);
  });
});
