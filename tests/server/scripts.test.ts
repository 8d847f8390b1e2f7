import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawJson } from "../../packages/json/src/index.ts";
import { runCommand } from "../support/command.ts";
import { follow, statuses, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

describe("scripts on the server", () => {
  const directory = SHARED_DIRECTORY;
  const home = join(directory, "home");
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
  });
  afterAll(releaseSharedPlatform);

  const command = async (...args: readonly string[]): Promise<string> => {
    const { stdout, stderr, exitCode } = await runCommand(args, { env: platform.env, cwd: directory });
    expect([stderr, exitCode]).toEqual(["", 0]);
    return stdout.trim();
  };
  const outputOf = async (
    id: string,
  ): Promise<{ cells: { source: string[]; metadata: { tags?: string[] }; outputs: unknown }[] }> =>
    JSON.parse(Buffer.from(await platform.client.getNotebook(id)).toString("utf8"));

  it("in SQL are run as notebooks: one of this machine, and one of the server's with its files", async () => {
    const sql =
      "SET VARIABLE least = 1;\n\n-- notemill: glue\nSELECT count(*) AS rows FROM 'd.csv' WHERE n > getvariable('least')";
    await writeFile(join(home, "count.sql"), sql);
    await writeFile(join(home, "d.csv"), "n\n1\n2\n3\n4\n");
    const inHome = await command("runs", "submit", "~/count.sql", "--file", "d.csv", "-p", "least", "2");
    expect(statuses(await follow(platform.client, inHome))).toBe("queued starting running succeeded");
    const { cells } = await outputOf(inHome);
    expect(cells.map(({ metadata, source }) => [metadata.tags?.[0], source.join("").split("\n")[0]])).toEqual(
      [
        ["parameters", "SET VARIABLE least = 1;"],
        ["injected-parameters", expect.stringContaining("Parameters")],
        [undefined, "-- notemill: glue"],
      ],
    );
    expect(JSON.stringify(cells[2]?.outputs)).toContain('"data":2');
    expect(await platform.client.getRun(inHome)).toMatchObject({
      path: expect.stringMatching(/\/count\.sql$/),
    });

    await writeFile(join(directory, "here it is.sql"), "SELECT 6 * 7 AS answer");
    const here = await command("runs", "submit", "here it is.sql");
    await follow(platform.client, here);
    expect(await platform.client.getRun(here)).toMatchObject({
      status: "succeeded",
      path: "/scripts/here it is.sql",
    });
    expect(JSON.stringify(await outputOf(here))).toContain("42");
  });

  it("leave files that are a part of the record, with their directories, and no others", async () => {
    const source = [
      "import os, pathlib",
      "outputs = pathlib.Path(os.environ['NOTEMILL_OUTPUTS'])",
      "(outputs / 'plots' / 'a').mkdir(parents=True)",
      "(outputs / 'plots' / 'a' / 'größe 1.bin').write_bytes(bytes(3_000_000))",
      "(outputs / 'note.txt').write_text('kept')",
      "(outputs / 'link').symlink_to('/etc/passwd')",
    ].join("\n");
    const { client } = platform;
    const { id } = await client.submitRun({ script: { language: "python", source } });
    const events = await follow(client, id);
    expect(statuses(events)).toBe("queued starting running succeeded");
    expect(events.find(({ kind }) => kind === "attempt-warned")?.data).toMatchObject({
      code: "ARTIFACTS_LEFT_OUT",
      message: expect.stringContaining('"link"'),
    });
    expect(await client.listArtifacts(id)).toMatchObject({
      attempt: 1,
      artifacts: [
        { name: "note.txt", size: 4 },
        { name: "plots/a/größe 1.bin", size: 3_000_000 },
      ],
    });
    expect(await client.verifyRecords({ run: id })).toMatchObject({ problems: [] });
    expect(await command("runs", "artifacts", id)).toContain("plots/a/größe 1.bin");
    await command("runs", "artifacts", id, "--all", "-o", "got");
    expect(await readFile(join(directory, "got", "note.txt"), "utf8")).toBe("kept");
    expect(await readFile(join(directory, "got", "plots", "a", "größe 1.bin"))).toEqual(
      Buffer.alloc(3_000_000),
    );
    const again = await runCommand(["runs", "artifacts", id, "--get", "note.txt", "-o", "got"], {
      env: platform.env,
      cwd: directory,
    });
    expect(again.exitCode).toBe(2);
    expect(await command("runs", "export", id, "-o", "copies")).toContain("1 records, 6 files");
    await expect(client.getArtifact(id, { attempt: 1, name: "../output.ipynb" })).rejects.toMatchObject({
      code: "OUTPUT_NOT_THERE",
    });
  });

  it("in TypeScript have their parameters too", async () => {
    const { client } = platform;
    const script = { language: "typescript" as const, source: "let n = 1;\n\nconsole.log(`n is ${n + 1}`);" };
    const { id } = await client.submitRun({ script, parameters: new RawJson('{"n": 41}') });
    expect(statuses(await follow(client, id))).toBe("queued starting running succeeded");
    expect(JSON.stringify(await outputOf(id))).toContain("n is 42");
  });

  it("are swept over", async () => {
    const { client } = platform;
    const script = { language: "python" as const, source: "n = 1\n\nprint('n is', n)" };
    const { id } = await client.submitSweep({ script, grid: new RawJson('{"n": [7, 8]}') });
    expect(statuses(await follow(client, id))).toContain("succeeded");
    const { children } = await client.getSweep(id);
    expect(JSON.stringify(await outputOf(children[1]?.run_id ?? ""))).toContain("n is 8");
  });

  it.each([
    [{}, "REQUEST_INVALID"],
    [{ path: "~/count.sql", script: { language: "sql" as const, source: "" } }, "REQUEST_INVALID"],
    [{ script: { language: "sql" as const, source: "" }, files: ["d.csv"] }, "REQUEST_INVALID"],
    [{ script: { language: "sql" as const, source: "", name: "../a" } }, "REQUEST_INVALID"],
    [{ path: "~/none.py" }, "NOTEBOOK_NOT_FOUND"],
    [
      {
        script: { language: "python" as const, source: "n: int = 1" },
        parameters: new RawJson('{"n": "x"}'),
      },
      "PARAMETERS_INVALID",
    ],
  ])("are refused before anything starts: %j", async (request, code) => {
    await expect(platform.client.submitRun(request)).rejects.toMatchObject({ code });
  });
});
