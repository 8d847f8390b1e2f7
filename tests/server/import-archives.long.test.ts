import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeWireJson } from "../../packages/api/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { notemill } from "../support/cli.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, startPlatform, type TestPlatform } from "../support/platform.ts";

describe("notemill runs import of archives", () => {
  let directory: string;
  let platform: TestPlatform;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "notemill-import-"));
    await mkdir(join(directory, "home"));
    platform = await startPlatform(directory);
  });
  afterAll(async () => {
    await platform?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const data = (...names: readonly string[]): string => join(platform.dataDirectory, ...names);
  const importRuns = (...words: readonly string[]): ReturnType<typeof notemill> =>
    notemill(["runs", "import", ...words], { env: platform.env });

  it("takes the archives of a sweep and its runs back in, in the order of the chain, whole or not at all", async () => {
    const { client } = platform;
    const tar = (name: string): string => join(directory, `${name}.tar`);
    await writeNotebook(join(directory, "home", "swept.ipynb"), ["x: float = 0.0", "print('swept', x)"]);
    const { records: before } = await client.verifyRecords();
    const { id: parent } = await client.submitSweep({
      path: "~/swept.ipynb",
      grid: new RawJson('{"x":[1.0,2.0]}'),
      concurrency: 1,
    });
    await follow(client, parent);
    const children = (await client.listRuns({ sweep: parent })).runs.map(({ id }) => id).toReversed();
    const [first = "", second = ""] = children;
    const look = async (): Promise<unknown> => {
      return encodeWireJson(await client.getSweep(parent));
    };
    const sweep = await look();
    for (const id of children)
      expect(
        await notemill(["runs", "export", id, "--archive", tar(id)], { env: platform.env }),
      ).toMatchObject({
        exitCode: 0,
      });
    const piped = await notemill(["runs", "export", parent, "--archive", "-"], { env: platform.env });
    expect(piped.stdout).toContain("notemill.archive/1");

    await platform.kill("SIGTERM");
    await rm(data("db"), { recursive: true });
    await placeEmptyDatabase(data("db"));
    for (const id of [...children, parent])
      for (const folder of globSync(data("runs", "*", "*", id))) await rm(folder, { recursive: true });
    expect((await importRuns()).stdout).toBe(`${before} records found, ${before} imported\n`);
    const pipedIn = (): ReturnType<typeof notemill> =>
      notemill(["runs", "import", "-"], { env: platform.env, input: piped.stdout });
    expect(await pipedIn()).toMatchObject({
      stderr: "nothing was imported; --accept-damage imports what can be read\n",
      exitCode: 1,
      stdout: expect.stringContaining(`follows record ${before + 2}, which is not here`) as string,
    });
    const whole = await readFile(tar(first));
    await writeFile(
      tar("bad"),
      Buffer.from(whole.toString("latin1").replace("swept 1", "swept 9"), "latin1"),
    );
    expect((await importRuns(tar("bad"))).stderr).toMatch(/bytes than the record says \(ARCHIVE_INVALID\)/);
    expect(await importRuns(tar(first))).toMatchObject({
      exitCode: 0,
      stdout: "1 run belonged to a sweep, which the database does not have\n1 records found, 1 imported\n",
    });
    expect(await importRuns(tar(second))).toMatchObject({ exitCode: 0 });
    expect(await pipedIn()).toMatchObject({ exitCode: 0, stdout: "1 records found, 1 imported\n" });
    await platform.restart();
    expect(await client.verifyRecords()).toMatchObject({ records: before + 3, problems: [] });
    expect(await look()).toEqual(sweep);
    expect((await client.listRuns({ sweep: parent })).runs).toHaveLength(2);
  });

  it("refuses the records of yesterday, which do not fit to the database of today", async () => {
    const { client } = platform;
    const { records: before } = await client.verifyRecords();
    await cp(data("runs"), data("copy"), { recursive: true });
    const { id } = await client.submitRun({ path: "~/swept.ipynb" });
    await follow(client, id);
    await platform.kill("SIGTERM");
    await rename(data("runs"), data("today"));
    await rename(data("copy"), data("runs"));
    const other = await importRuns("--accept-damage");
    expect(other).toMatchObject({ exitCode: 1 });
    expect(other.stdout).toContain(
      `is record ${before + 1} of the database, and another one in the store\n${before} records found, 0 imported`,
    );
    await rm(data("runs"), { recursive: true });
    await rename(data("today"), data("runs"));
    await platform.restart();
  });
});
