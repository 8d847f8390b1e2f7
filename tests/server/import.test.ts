import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importRecords } from "../../apps/server/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { notemill } from "../support/cli.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, startPlatform, type TestPlatform } from "../support/platform.ts";

describe("notemill runs import", () => {
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

  it("rebuilds the history of a database that was lost, and refuses what is damaged", async () => {
    const { client } = platform;
    const run = async (name: string, sources: readonly string[], more: object = {}): Promise<string> => {
      await writeNotebook(join(directory, "home", name), sources);
      const { id } = await client.submitRun({ path: `~/${name}`, ...more });
      await follow(client, id);
      return id;
    };
    const pruned = await run("old.ipynb", ["print('old')"]);
    await client.pruneRuns({ older_than_days: 0, keep_latest: 0 });
    const parameters = new RawJson('{"x":1.0}');
    const good = await run("good.ipynb", ["x: float = 0.0", "print('good', x)"], { parameters, tags: ["t"] });
    const bad = await run("bad.ipynb", ["x = 1", "x / 0"]);
    const again = await client.rerunRun(good, {}, { idempotencyKey: "again" });
    await follow(client, again.id);
    const ids = [pruned, good, bad, again.id];
    const look = async (): Promise<object[]> =>
      Promise.all(
        ids.map(async (id) => {
          const { settings: _settings, ...found } = { settings: null, ...(await client.getRun(id)) };
          const events = id === pruned ? [] : await follow(client, id);
          return { ...found, parameters: id === pruned ? null : found.parameters.text, events };
        }),
      );
    const before = await look();

    await platform.kill("SIGTERM");
    await rm(data("db"), { recursive: true });
    await placeEmptyDatabase(data("db"));
    // One changed byte, and nothing of it is believed.
    const [log = ""] = globSync(data("runs", "*", "*", good, "1", "log.txt"));
    const text = await readFile(log, "utf8");
    await writeFile(log, text.replace("good", "evil"));
    const refused = await importRuns();
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("--accept-damage") as string,
    });
    expect(refused.stdout).toContain("log.txt has other bytes than the record says");
    expect(refused.stdout).toContain("4 records found, 0 imported");
    await writeFile(log, text);

    // Nothing is left out without a word.
    const { damage, imported } = await importRecords({ dataDirectory: data(), mostEventBytes: 400 });
    expect([imported, damage.map(({ path, message }) => `${path} ${message}`)]).toEqual([
      0,
      [
        expect.stringMatching(
          /\/1\/events\.jsonl has 2 events of more than 400 bytes, which stay in the file/,
        ),
      ],
    ]);

    expect(await importRuns()).toMatchObject({ exitCode: 0, stdout: "4 records found, 4 imported\n" });
    expect(await importRuns()).toMatchObject({ exitCode: 0, stdout: "4 records found, 0 imported\n" });
    await platform.restart();
    const after = await look();
    const comparable = (runs: object[]): object[] =>
      runs.map((it, index) => ({
        ...it,
        // What a tombstone does not say.
        ...(index === 0 ? { failure: null, started_at: null, attempts: [] } : {}),
      }));
    expect(comparable(after)).toEqual(comparable(before));
    expect(await client.verifyRecords()).toMatchObject({ records: 4, problems: [] });
    expect(Buffer.from(await client.getNotebook(good)).toString("utf8")).toContain("good 1.0");
    // A key that was used stays used, and the chain goes on.
    expect((await client.rerunRun(good, {}, { idempotencyKey: "again" })).id).toBe(again.id);
    await run("good.ipynb", ["x: float = 0.0"]);
    expect(await client.verifyRecords()).toMatchObject({ records: 5, problems: [] });
  });
});
