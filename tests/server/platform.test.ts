import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawJson } from "../../packages/json/src/index.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

describe("notemill serve", () => {
  const directory = SHARED_DIRECTORY;
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
  });
  afterAll(releaseSharedPlatform);

  const write = (name: string, sources: readonly string[]): Promise<void> =>
    writeNotebook(join(directory, "home", name), sources);
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${platform.url}/api/v1${path}`, init);
  const parameters = (text: string): { parameters: RawJson } => ({ parameters: new RawJson(text) });

  it("runs a notebook with a parameter, from submit to a record that verifies", async () => {
    const { client } = platform;
    await write("report.ipynb", ["alpha: float = 0.5", "print('alpha is', alpha)"]);
    const { id } = await client.submitRun({ path: "~/report.ipynb", ...parameters('{"alpha": 1.0}') });

    const events = await follow(client, id);
    expect(statuses(events)).toBe("queued starting running succeeded");
    expect(await follow(client, id, 3)).toEqual(events.slice(3));

    const notebook = Buffer.from(await client.getNotebook(id)).toString("utf8");
    expect(notebook).toContain("alpha is 1.0");
    expect(notebook).toContain('"alpha": 1.0');
    expect(await client.verifyRecords({ run: id })).toMatchObject({ records: 1, files: 3, problems: [] });
    const [manifest = ""] = globSync(
      join(platform.dataDirectory, "runs", "*", "*", id, "1", "manifest.json"),
    );
    expect(await readFile(manifest, "utf8")).toContain('"origin": "request"');
  });

  it("says which cell failed and why", async () => {
    const { client } = platform;
    await write("broken.ipynb", ["x = 1", "x / 0", "print('never')"]);
    const { id } = await client.submitRun({ path: "~/broken.ipynb" });
    expect(statuses(await follow(client, id))).toBe("queued starting running failed");
    const run = await client.getRun(id);
    expect(run.failure).toMatchObject({ code: "CELL_FAILED", cell_id: "c1", ename: "ZeroDivisionError" });
    expect(run.attempts).toHaveLength(1);
    const shown = await runCommand(["runs", "wait", id], { env: platform.env });
    expect(shown).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("in cell c1") as string });
  });

  it("refuses before anything starts what cannot run", async () => {
    const { client } = platform;
    await write("typed.ipynb", ["count: int = 1"]);
    const refused = (path: string, text: string): Promise<unknown> =>
      client
        .submitRun({ path, ...parameters(text) })
        .catch((error: { code: string; status: number }) => [error.status, error.code]);
    expect(await refused("~/typed.ipynb", '{"count": "many"}')).toEqual([422, "PARAMETERS_INVALID"]);
    expect(await refused("~/typed.ipynb", '{"not a name": 1}')).toEqual([422, "PARAMETER_NAME_INVALID"]);
    expect(await refused("~/none.ipynb", "{}")).toEqual([404, "NOTEBOOK_NOT_FOUND"]);
    expect(await refused("~/../x.ipynb", "{}")).toEqual([422, "STORAGE_PATH_INVALID"]);
    expect(await refused("/etc/passwd", "{}")).toEqual([422, "PATH_NOT_MOUNTED"]);
  });

  it("answers nobody without the token, in the form of RFC 9457", async () => {
    expect((await ask("/health")).status).toBe(200);
    for (const authorization of [undefined, "Bearer wrong"]) {
      const answer = await ask("/runs", authorization === undefined ? {} : { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      expect(await answer.json()).toMatchObject({ code: "TOKEN_INVALID", status: 401 });
    }
    expect(await (await ask("/openapi.json")).json()).toMatchObject({ openapi: "3.1.0" });
  });

  it("starts one run for one idempotency key, by its own command", async () => {
    await write("once.ipynb", ["x = 1"]);
    const submit = ["runs", "submit", "~/once.ipynb", "--idempotency-key", "k1"];
    const [first, second] = await Promise.all([1, 2].map(() => runCommand(submit, { env: platform.env })));
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(second?.stdout).toBe(first?.stdout);
    const other = await runCommand([...submit, "-p", "x", "2"], { env: platform.env });
    expect(other).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("IDEMPOTENCY_KEY_REUSED") as string,
    });
  });

  it("cancels a cell that runs", async () => {
    const { client } = platform;
    await write("long.ipynb", ["import time", "print('begun', flush=True)\ntime.sleep(600)"]);
    const { id } = await client.submitRun({ path: "~/long.ipynb" });
    for await (const event of client.followRun(id))
      if (event.kind === "cell-output") await runCommand(["runs", "cancel", id], { env: platform.env });
    expect(await client.getRun(id)).toMatchObject({ status: "cancelled", failure: { cell_id: "c1" } });
    expect(Buffer.from(await client.getNotebook(id)).toString("utf8")).toContain("begun");
  });

  it("gives a run the files that its notebook declares, as they were at the time", async () => {
    const { client } = platform;
    await mkdir(join(directory, "home", "data"));
    await writeFile(join(directory, "home", "data", "a.csv"), "first");
    await write("reads.ipynb", ["print(open('data/a.csv').read())"]);
    const { id } = await client.submitRun({ path: "~/reads.ipynb", files: ["data/*.csv"] });
    await writeFile(join(directory, "home", "data", "a.csv"), "second");
    expect(statuses(await follow(client, id))).toContain("succeeded");
    expect(Buffer.from(await client.getNotebook(id)).toString("utf8")).toContain("first");
    await expect(client.submitRun({ path: "~/reads.ipynb", files: ["*.parquet"] })).rejects.toMatchObject({
      code: "SOURCE_FILE_MISSING",
    });
  });

  it("goes on with a run when the server is killed under it", async () => {
    const { client } = platform;
    const marker = join(directory, "go-on");
    const source = `import os, time\nprint('begun', flush=True)\nwhile not os.path.exists(${JSON.stringify(marker)}): time.sleep(0.05)\nprint('done')`;
    await write("survives.ipynb", ["x = 1", source]);
    const { id } = await client.submitRun({ path: "~/survives.ipynb" });
    for await (const event of client.followRun(id)) if (event.kind === "cell-output") break;
    await platform.kill("SIGKILL");
    // Goes on while there is no server at all.
    await writeFile(marker, "");
    await platform.restart();
    const events = await follow(client, id);
    expect(events.at(-1)).toMatchObject({ data: { status: "succeeded" } });
    expect(statuses(events)).toBe("queued starting running succeeded");
    expect(Buffer.from(await client.getNotebook(id)).toString("utf8")).toContain("done");
    expect(await client.verifyRecords({ run: id })).toMatchObject({ records: 1, problems: [] });
  });

  it("finds a byte of a record that was changed, a file that is missing, and one that was added", async () => {
    const { client, env } = platform;
    await write("kept.ipynb", ["print('kept')"]);
    const runs = await Promise.all([1, 2, 3].map(() => client.submitRun({ path: "~/kept.ipynb" })));
    const folders = await Promise.all(
      runs.map(async ({ id }) => {
        await follow(client, id);
        return globSync(join(platform.dataDirectory, "runs", "*", "*", id, "1"))[0] ?? "";
      }),
    );
    expect(await client.verifyRecords()).toMatchObject({ problems: [] });
    const [changed = "", missing = "", added = ""] = folders;
    const log = await readFile(join(changed, "log.txt"), "utf8");
    await writeFile(join(changed, "log.txt"), log.replace("kept", "lost"));
    await rm(join(missing, "events.jsonl"));
    await writeFile(join(added, "more.txt"), "");
    const { problems } = await client.verifyRecords();
    expect(problems.map(({ kind, path }) => `${kind} ${path.split("/").at(-1)}`).sort()).toEqual([
      "added more.txt",
      "changed log.txt",
      "missing events.jsonl",
    ]);
    expect(await runCommand(["runs", "verify", "--server", platform.url], { env })).toMatchObject({
      exitCode: 1,
    });
    await rm(join(changed, "log.txt"));
    await symlink(join(added, "log.txt"), join(changed, "log.txt"));
    const [link] = (await client.verifyRecords({ run: runs[0]?.id ?? "" })).problems;
    expect(link).toMatchObject({
      kind: "changed",
      message: expect.stringContaining("symbolic link") as string,
    });
    // One byte of a manifest, and the whole chain knows.
    const manifest = await readFile(join(added, "manifest.json"), "utf8");
    await writeFile(join(added, "manifest.json"), manifest.replace('"succeeded"', '"succeedee"'));
    expect((await client.verifyRecords()).problems.map(({ path }) => path.split("/").at(-1))).toContain(
      "manifest.json",
    );
  });

  it("gives the log of a run, line by line", async () => {
    const { runs } = await platform.client.listRuns({ status: "failed", limit: 1 });
    const { stdout } = await runCommand(["runs", "logs", runs[0]?.id ?? "", "--json"], { env: platform.env });
    const kinds = stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toContain("cell-started");
    expect(kinds.at(-1)).toBe("run-status-changed");
  });
});
