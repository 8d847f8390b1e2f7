import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient } from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

describe("the Python library in a run", () => {
  const directory = SHARED_DIRECTORY;
  const home = join(directory, "home");
  const library = `import sys; sys.path.insert(0, ${JSON.stringify(resolve("python/src"))})\nimport notemill\n`;
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
    await writeFile(join(home, "note.txt"), "a note");
    await writeNotebook(join(home, "child.ipynb"), [
      "n = 1",
      `${library}notemill.glue('double', 2 * n)\nassert n < 90`,
    ]);
  });
  afterAll(releaseSharedPlatform);

  /** Runs a notebook of one cell to its end and gives what it printed. */
  async function run(source: string): Promise<{ id: string; text: string }> {
    const name = `outer-${++count}.ipynb`;
    await writeNotebook(join(home, name), [`${library}${source}`]);
    const { id } = await platform.client.submitRun({ path: `~/${name}` });
    expect(statuses(await follow(platform.client, id))).toBe("queued starting running succeeded");
    const notebook = JSON.parse(Buffer.from(await platform.client.getNotebook(id)).toString("utf8")) as {
      cells: { outputs: { text?: string[] }[] }[];
    };
    return { id, text: notebook.cells[0]?.outputs.flatMap(({ text }) => text ?? []).join("") ?? "" };
  }
  let count = 0;

  it("starts runs and sweeps, waits for them, reads what they left, and queries", async () => {
    const { id, text } = await run(
      [
        "child = notemill.runs.wait(notemill.runs.submit('~/child.ipynb', {'n': 20}))",
        "print('child', child.id, notemill.runs.scraps(child))",
        "swept = notemill.sweep('~/child.ipynb', {'n': [1, 2]}, concurrency=1).wait()",
        "print('sweep', [row['metrics'] for row in swept.children])",
        "import warnings",
        "with warnings.catch_warnings(record=True) as caught:\n    notemill.runs.submit('~/child.ipynb', {'m': 1})",
        "print('warned', [(it.category.__name__, str(it.message)) for it in caught])",
        "print('sql', notemill.sql(\"SELECT 6 * 7 AS answer, getvariable('x') AS x\", {'x': 'ü'}).rows)",
        "print('file', notemill.files.read_text('~/note.txt'))",
        "try:\n    notemill.runs.wait(notemill.runs.submit('~/child.ipynb', {'n': 99}))",
        "except notemill.RunFailedError as error:\n    print('failed', error.code)",
      ].join("\n"),
    );
    expect(text).toContain("{'double': 40}");
    expect(text).toContain("sweep [{'double': 2}, {'double': 4}]");
    expect(text).toContain("warned [('ParameterWarning', ");
    expect(text).toContain("sql [{'answer': 42, 'x': 'ü'}]");
    expect(text).toContain("file a note");
    expect(text).toContain("failed RUN_DID_NOT_SUCCEED");
    const child = /child (\S+)/.exec(text)?.[1] ?? "";
    expect(await platform.client.getRun(child)).toMatchObject({ started_by_run: id });
  });

  it("has a token that reads and starts, does nothing else, and dies with the attempt", async () => {
    const secret = { text: "not for scripts" };
    await platform.client.putSecret("named", { ...secret, grants: ["/scripts/any"] });
    const { id, text } = await run(
      [
        "import os\nfrom notemill.server_connection import request_json",
        "print('token', os.environ['NOTEMILL_TOKEN'])",
        "def refused(*args, **more):\n    try:\n        request_json(*args, **more)\n        print('let in', args)\n    except notemill.ServerError as error:\n        print(args[1].split('/')[1], error.code)",
        "refused('GET', '/secrets')",
        "refused('PUT', '/secrets/other', body={'text': 'xxxxxxxx'})",
        "refused('POST', '/runner/claims', body={})",
        "refused('POST', '/retention', body={})",
        "refused('GET', '/schedules')",
        "refused('POST', f\"/runs/{os.environ['NOTEMILL_RUN_ID']}/cancel\")",
        "refused('POST', '/runs', body={'script': {'language': 'sql', 'source': '', 'name': 'any'}, 'parameters': {'a': {'secret': 'named'}}})",
        "try:\n    notemill.files.save('~/new.txt', 'x')\nexcept notemill.ServerError as error:\n    print('save', error.code)",
      ].join("\n"),
    );
    const refusals = text.trim().split("\n").slice(1);
    expect(refusals).toEqual([
      ...["secrets", "secrets", "runner", "retention", "schedules", "runs"].map(
        (it) => `${it} TOKEN_NOT_FOR_THIS`,
      ),
      "runs SECRET_NOT_GRANTED",
      "save TOKEN_NOT_FOR_THIS",
    ]);
    const token = /token (\S+)/.exec(text)?.[1] ?? "";
    const late = createClient({ serverUrl: platform.url, token });
    await expect(late.getRun(id)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
    const forged = createClient({
      serverUrl: platform.url,
      token: token.replace(/.$/, (it) => (it === "A" ? "B" : "A")),
    });
    await expect(forged.getRun(id)).rejects.toMatchObject({ code: "TOKEN_INVALID" });
  });

  it("does not let a notebook start itself for ever", async () => {
    await writeNotebook(join(home, "again.ipynb"), [`${library}notemill.runs.submit('~/again.ipynb')`]);
    const { client } = platform;
    const { id } = await client.submitRun({ path: "~/again.ipynb", parameters: new RawJson("{}") });
    let last = id;
    for (let depth = 0; depth < 9; depth += 1) {
      const story = statuses(await follow(client, last));
      expect(story).toBe(`queued starting running ${depth < 8 ? "succeeded" : "failed"}`);
      const { runs } = await client.listRuns({ path: "~/again.ipynb", limit: 20 });
      const next = runs.find(({ started_by_run: by }) => by === last);
      if (next === undefined) break;
      last = next.id;
    }
    expect((await client.getRun(last)).failure?.evalue).toContain("at most 8 times");
  });
});
