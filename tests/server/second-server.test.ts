import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandResult, startServing, withDirectory } from "../support/cli.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import type { TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform } from "../support/shared-platform.ts";

describe("a second server", () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
  });
  afterAll(releaseSharedPlatform);

  const serve = (cwd: string, ...words: readonly string[]): Promise<CommandResult> =>
    startServing(["serve", ...words], { cwd, env: { NOTEMILL_TOKEN: "" } }).result;

  it("on the data directory of one that runs is told which that is, whatever port it asks for", async () => {
    const file = await readFile(join(platform.dataDirectory, "server.json"), "utf8");
    const { pid, url } = JSON.parse(file) as { pid: number; url: string };
    for (const port of ["0", new URL(url).port]) {
      const { exitCode, stderr } = await serve("/", "--data", platform.dataDirectory, "--port", port);
      expect(exitCode).toBe(1);
      expect(stderr).toBe(
        `notemill: starting …\nnotemill: a server is already running on the data directory "${platform.dataDirectory}": process ${pid}, at ${url}; use that one, end it (Ctrl-C where it was started, or kill ${pid}), or give this one another directory with --data (STORE_LOCKED)\n`,
      );
    }
    expect(await platform.client.health()).toMatchObject({ status: "ok" });
  });

  it("on a port that is taken makes nothing", async () => {
    await withDirectory(async (directory) => {
      const { port } = new URL(platform.url);
      const words = ["--data", "data", "--home", "home", "--port", port];
      const { exitCode, stderr } = await serve(directory, ...words);
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("another program listens there")]);
      expect([existsSync(join(directory, "data")), existsSync(join(directory, "home"))]).toEqual([
        false,
        false,
      ]);
    });
  });

  it("says which of the directories that it was given were not there", async () => {
    await withDirectory(async (directory) => {
      const start = async (...words: readonly string[]): Promise<string> => {
        const more = ["--no-runner", "--port", "0", "--data", "data", ...words];
        const server = startServing(["serve", ...more], { cwd: directory, env: { NOTEMILL_TOKEN: "" } });
        await server.said("data directory: ");
        server.process.kill("SIGTERM");
        const { exitCode, stdout, stderr } = await server.result;
        expect(exitCode).toBe(0);
        expect(stdout).toMatch(
          new RegExp(
            `sign in: open http://\\S+ in a browser, and give the token, which is in ${join(directory, "data", "token")}\n`,
          ),
        );
        return stderr;
      };
      await placeEmptyDatabase(join(directory, "data", "db"));
      expect(await start("--home", "nothere")).toBe(
        `notemill: starting …\nnotemill: the home directory "${join(directory, "nothere")}" was not there and was made\n`,
      );
      expect(await start("--home", "nothere")).toBe("notemill: starting …\n");
      expect(await start("--home", "none", "--log", "json")).toContain(
        `"msg":"the home directory was not there and was made"`,
      );
    });
  });
});
