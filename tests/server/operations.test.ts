import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdtempSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  jsonLog,
  type PlatformServer,
  type ServerOptions,
  startServer,
} from "../../apps/server/src/index.ts";
import {
  createClient,
  createRunnerClient,
  type PlatformClient,
  type RunnerClient,
  verifyAll,
} from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses } from "../support/platform.ts";

describe("keeping a server running", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-operations-"));
  const dataDirectory = join(directory, "data");
  const lines: string[] = [];
  let server: PlatformServer;
  let client: PlatformClient;
  let runner: RunnerClient;

  const start = async (more: Partial<ServerOptions> = {}): Promise<void> => {
    server = await startServer({
      ...more,
      dataDirectory,
      port: 0,
      allowedHosts: ["notes.example"],
      // What is taken stays so for as long as the tests take.
      leases: { leaseMs: 600_000, heartbeatMs: 5000 },
      log: jsonLog((line) => lines.push(line)),
    });
    client = createClient({ serverUrl: server.url, token: server.token });
    runner = createRunnerClient({ serverUrl: server.url, token: server.runnerToken });
  };
  beforeAll(async () => {
    await mkdir(join(dataDirectory, "home"), { recursive: true });
    await placeEmptyDatabase(join(dataDirectory, "db"));
    await writeNotebook(join(dataDirectory, "home", "a.ipynb"), ["x = 1"]);
    await start();
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${server.token}`, ...(init.headers as Record<string, string>) },
    });
  const events = [{ kind: "cell-output", at: new Date().toISOString(), data: new RawJson('{"n": 1.0}') }];
  const runnerFacts = { id: crypto.randomUUID(), name: "test", slots: 1, version: "1" };

  /** Submits a run and takes its attempt. */
  async function take(): Promise<{ readonly run: string; readonly attempt: string; readonly fence: number }> {
    const { id } = await client.submitRun({ path: "~/a.ipynb" });
    const claim = { runner: runnerFacts, limit: 1, wait_ms: 0, started_by: null };
    const [attempt] = (await runner.claim(claim)).attempts;
    await runner.appendEvents(attempt?.id ?? "", { fence: attempt?.fence ?? 0, first: 0, events });
    return { run: id, attempt: attempt?.id ?? "", fence: attempt?.fence ?? 0 };
  }
  /** Ends a run as a runner does, with an output notebook. */
  async function succeed(
    beforeItEnds: (run: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<string> {
    const { run, attempt, fence } = await take();
    const bytes = Buffer.from("{}");
    const sha256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    await runner.putRecordFile(attempt, { name: "output.ipynb", fence, sha256, bytes });
    await beforeItEnds(run);
    await runner.complete(attempt, {
      fence,
      status: "succeeded",
      failure: null,
      facts: null,
      kernel_until: null,
    });
    return run;
  }

  it.each([
    ["GET", "/api/v1/nothing", {}, 404, "ROUTE_NOT_FOUND"],
    ["DELETE", "/api/v1/runs", {}, 405, "METHOD_NOT_ALLOWED"],
    ["POST", "/api/v1/runs", { "content-type": "text/csv" }, 415, "MEDIA_TYPE_UNSUPPORTED"],
    ["POST", "/api/v1/runs", { "content-type": "application/json" }, 400, "REQUEST_INVALID"],
    ["GET", "/api/v1/runs/%zz", {}, 400, "REQUEST_INVALID"],
    ["GET", "/api/v1/runs?limit=many", {}, 400, "REQUEST_INVALID"],
  ])("answers %s %s %j with %i as RFC 9457 has it", async (method, path, headers, status, code) => {
    const answer = await ask(path, { method, headers, ...(method === "POST" ? { body: "[" } : {}) });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect([answer.status, await answer.json()]).toMatchObject([status, { code, status }]);
    expect(answer.headers.get("allow")).toBe(status === 405 ? "POST, GET" : null);
  });

  it("refuses a body that is too large", async () => {
    const body = Buffer.alloc(65 * 2 ** 20, " ");
    const headers = { "content-type": "application/json" };
    const answer = await ask("/api/v1/runs", { method: "POST", headers, body });
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: "BODY_TOO_LARGE" }]);
  });

  it.each([
    ["notebook?fence=1", {}],
    ["notebook?fence=1", { headers: { "content-type": "application/json" }, body: "{}" }],
    ["notebook?fence=-1", { headers: { "content-type": "application/octet-stream" }, body: "{}" }],
    [`notebook?fence=${2 ** 53}`, { headers: { "content-type": "application/octet-stream" }, body: "{}" }],
  ])("takes no file of a runner by %s %j", async (path, init) => {
    const { attempt } = await take();
    const answer = await ask(`/api/v1/runner/attempts/${attempt}/${path}`, { method: "PUT", ...init });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: "REQUEST_INVALID" }]);
  });

  it("goes by its own names alone", async () => {
    const { port } = new URL(server.url);
    // `fetch` lets nobody choose the host.
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get(`${server.url}/api/v1/health`, { headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).once("error", reject);
      });
    expect(await status("evil.example")).toBe(421);
    for (const host of [`localhost:${port}`, "notes.example", "127.0.0.1", "[::1]:80"])
      expect(await status(host)).toBe(200);
  });

  it("lets a runner do with its token what runners do, and nothing else", async () => {
    const headers = { authorization: `Bearer ${server.runnerToken}` };
    expect((await ask("/api/v1/runs", { headers })).status).toBe(403);
    expect((await ask("/metrics", { headers })).status).toBe(403);
    const claim = { runner: runnerFacts, limit: 1, wait_ms: 0, started_by: null };
    expect((await runner.claim(claim)).attempts).toEqual([]);
  });

  it("limits wrong tokens, and never the right one", async () => {
    const wrong = { headers: { authorization: "Bearer wrong" } };
    const answers = await Promise.all(Array.from({ length: 130 }, () => ask("/api/v1/runs", wrong)));
    expect(answers.map(({ status }) => status)).toContain(429);
    expect((await ask("/api/v1/runs")).status).toBe(200);
  });

  it("gives a notebook again only when it is another one", async () => {
    const run = await succeed();
    const etag = (await ask(`/api/v1/runs/${run}/notebook`)).headers.get("etag") ?? "";
    const again = await ask(`/api/v1/runs/${run}/notebook`, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("counts for Prometheus what there is to do and who does it", async () => {
    await client.submitRun({ path: "~/a.ipynb" });
    const text = await client.metrics();
    expect(text).toMatch(/^notemill_queue_depth 1$/m);
    expect(text).toMatch(/^notemill_runs\{status="queued"\} 1$/m);
    expect(text).toMatch(/^notemill_runners 1$/m);
    expect(text).toContain("notemill_claim_wait_seconds_count");
    expect(text).toContain('notemill_database_seconds_count{kind="tx",outcome="ok"}');
  });

  it("logs JSON with the ids of runs, and no token", () => {
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed).toContainEqual(
      expect.objectContaining({ level: "info", msg: "run submitted", run_id: expect.any(String) as string }),
    );
    expect(parsed).toContainEqual(expect.objectContaining({ msg: "attempt ended", status: "succeeded" }));
    expect(lines.join("")).not.toContain(server.token);
    expect(lines.join("")).not.toContain(server.runnerToken);
  });

  it("keeps a record of an attempt that was lost, with the events that came", async () => {
    const cancelled = await client.listRuns({ status: "queued" });
    for (const { id } of cancelled.runs) await client.cancelRun(id);
    const { run, attempt, fence } = await take();
    const failure = { code: "RUNNER_STOPPED", message: "gone", cell_id: null, cell_index: null };
    const nothing = { ename: null, evalue: null, traceback: [] };
    const lost = { ...failure, ...nothing };
    await runner.complete(attempt, { fence, status: "lost", failure: lost, facts: null, kernel_until: null });
    await client.cancelRun(run);
    expect(statuses(await follow(client, run))).toBe("queued starting running queued cancelled");
    const [folder = ""] = globSync(join(dataDirectory, "runs", "*", "*", run, "1"));
    expect((await readdir(folder)).sort()).toEqual(["events.jsonl", "manifest.json"]);
    expect(await readFile(join(folder, "events.jsonl"), "utf8")).toContain('"data":{"n": 1.0}');
    expect(await readFile(join(folder, "manifest.json"), "utf8")).toContain("RUNNER_STOPPED");
    expect(await client.verifyRecords({ run })).toMatchObject({ records: 2, files: 2, problems: [] });
  });

  it("shows the files of a run that has ended though its manifest could not be written then", async () => {
    const inTheWay = (run: string): string =>
      join(globSync(join(dataDirectory, "runs", "*", "*", run, "1"))[0] ?? "", "manifest.json");
    const run = await succeed((id) => mkdir(inTheWay(id)));
    const names = async (): Promise<readonly string[]> =>
      (await client.listFiles(`/runs/${run}/1`)).entries.map(({ name }) => name);
    await expect(names()).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    await rm(inTheWay(run), { recursive: true });
    expect(await names()).toEqual(["events.jsonl", "manifest.json", "output.ipynb"]);
  });

  it("lets old runs go but the newest, and knows the tombstones", async () => {
    const first = await succeed();
    const last = await succeed();
    const policy = { older_than_days: 0, keep_latest: 1 };
    const planned = await client.pruneRuns({ ...policy, dry_run: true });
    expect(planned.runs.map(({ id }) => id)).toContain(first);
    expect(await follow(client, first)).not.toEqual([]);
    const { runs } = await client.pruneRuns(policy);
    expect(runs).toEqual(planned.runs);
    expect(runs.map(({ id }) => id)).not.toContain(last);

    expect(await client.getRun(first)).toMatchObject({ status: "succeeded" });
    expect(await follow(client, first)).toEqual([]);
    expect((await ask(`/api/v1/runs/${first}/notebook`)).status).toBe(404);
    const [folder = ""] = globSync(join(dataDirectory, "runs", "*", "*", first, "1"));
    expect(await readdir(folder)).toEqual(["tombstone.json"]);
    expect(await verifyAll(client)).toMatchObject({ problems: [] });
    await rm(join(folder, "tombstone.json"));
    expect((await verifyAll(client)).problems).toMatchObject([{ kind: "missing", run_id: first }]);
  });

  it("lets go by its policy what nobody needs, sources too, and takes it again", async () => {
    const home = join(dataDirectory, "home");
    await writeFile(join(home, "gone.csv"), "gone");
    await writeFile(join(home, "kept.csv"), "kept");
    const submit = async (files: readonly string[]): Promise<string> => {
      const { id } = await client.submitRun({
        path: "~/a.ipynb",
        files: [...files],
        timeouts: { run_ms: 77_000 },
      });
      return id;
    };
    const first = await submit(["gone.csv", "kept.csv"]);
    const last = await submit(["kept.csv"]);
    // Whatever waits is over then; the newest run of the notebook stays.
    for (const { id } of (await client.listRuns({ status: "queued", limit: 200 })).runs)
      await client.cancelRun(id);
    await rm(join(home, "gone.csv"));
    const lost = join(dataDirectory, "versions", "blobs", "ab", "nobody");
    await mkdir(dirname(lost), { recursive: true });
    await writeFile(lost, "a save that a crash has ended");
    const bytes = (text: string): boolean =>
      globSync(join(dataDirectory, "sources", "blobs", "*", createHash("sha256").update(text).digest("hex")))
        .length === 1;
    expect([bytes("gone"), bytes("kept")]).toEqual([true, true]);

    await server.close();
    const later = Date.now() + 40 * 86_400_000;
    const policy = { runsMs: 30 * 86_400_000, failedRunsMs: 30 * 86_400_000, keepLatest: 1 };
    await start({ now: () => new Date(later), retention: policy, retentionEveryMs: 50 });
    expect((await client.getRetention()).policy).toMatchObject({
      runs_days: 30,
      keep_latest: 1,
      most_runs: null,
    });
    await vi.waitFor(async () => {
      expect(await client.metrics()).toMatch(/^notemill_retention_gone_total\{kind="source_files"\} [1-9]/m);
      expect(await client.metrics()).toMatch(/^notemill_retention_gone_total\{kind="lost_versions"\} 1$/m);
      expect(lines.some((line) => line.includes('"msg":"what was old has gone"'))).toBe(true);
    }, 60_000);
    expect([bytes("gone"), bytes("kept"), existsSync(lost)]).toEqual([false, true, false]);
    expect((await client.getRetention()).runs).toEqual([]);
    expect(await follow(client, first)).toEqual([]);
    expect(await follow(client, last)).not.toEqual([]);
    await expect(client.rerunRun(first, {})).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
    expect(await client.rerunRun(last, {})).toMatchObject({ rerun_of: last });
    expect(await client.verifyRecords({ run: first })).toMatchObject({ records: 1, problems: [] });

    await writeFile(join(home, "gone.csv"), "gone");
    const again = await client.getRun(await submit(["gone.csv", "kept.csv"]));
    expect(again.source_hash).toBe((await client.getRun(first)).source_hash);
    expect(bytes("gone")).toBe(true);
    for (const { id } of (await client.listRuns({ status: "queued" })).runs) await client.cancelRun(id);
    await server.close();
    await start();
  });

  it("goes through many records page by page", async () => {
    const whole = await verifyAll(client);
    let seen = 0;
    for (let after: number | null = 0; after !== null;) {
      const page = await client.verifyRecords({ after, limit: 2 });
      seen += page.records;
      after = page.next;
      expect(page.problems.filter(({ kind }) => kind === "unchained")).toEqual([]);
      if (after === null) expect(page.head).toBe(whole.head);
    }
    expect(seen).toBe(whole.records);
  });

  it("is not ready when it is about to end, and alive all the same", async () => {
    expect(await client.ready()).toMatchObject({ status: "ready" });
    server.drain();
    await expect(client.ready()).rejects.toMatchObject({ code: "NOT_READY", status: 503 });
    expect(await client.health()).toMatchObject({ status: "ok" });
  });

  it("comes back from a backup of its database", async () => {
    const { runs } = await client.listRuns();
    const { name } = await client.backUp();
    await server.close();
    const database = join(dataDirectory, "db");
    await rename(database, `${database}.damaged`);
    await mkdir(database);
    await promisify(execFile)("tar", ["-xzf", join(dataDirectory, "backups", name ?? ""), "-C", database]);
    await start();
    expect((await client.listRuns()).runs).toEqual(runs);
  });
});
