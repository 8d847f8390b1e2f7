import { mkdtempSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { createClient, createRunnerClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { asking, codeOf } from "../support/ask.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";

describe("an odd request", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-odd-"));
  const dataDirectory = join(directory, "data");
  let server: PlatformServer;
  let client: PlatformClient;

  beforeAll(async () => {
    await mkdir(join(dataDirectory, "home", "directory"), { recursive: true });
    await placeEmptyDatabase(join(dataDirectory, "db"));
    await writeNotebook(join(dataDirectory, "home", "a.ipynb"), ["x = 1"]);
    server = await startServer({ dataDirectory, port: 0, maxParameterBytes: 2000 });
    client = createClient({ serverUrl: server.url, token: server.token });
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const { ask } = asking(() => server);
  const send = (method: string, path: string, body: unknown): Promise<Response> =>
    ask(method, `/api/v1${path}`, { authorization: `Bearer ${server.token}` }, body);

  it("to a webhook nests a body so deep that it can be read in every answer, and no deeper", async () => {
    const { id } = await client.createSchedule({
      path: "~/a.ipynb",
      name: "hooked",
      follows: "promoted",
      spec: { kind: "webhook" },
      parameters: new RawJson('{"x": {"cel": "trigger.body"}}'),
    });
    const { path, secret } = await client.renewWebhookSecret(id);
    const call = async (levels: number): Promise<string> => {
      const body = "[".repeat(levels) + "]".repeat(levels);
      const headers = { authorization: `Bearer ${secret}` };
      return codeOf(await fetch(`${server.url}${path}`, { method: "POST", headers, body }));
    };
    expect([await call(498), await call(400)]).toEqual(["REQUEST_INVALID", "202"]);
    const run = await vi.waitFor(async () => {
      const [slot] = (await client.listSlots(id)).slots;
      expect(slot).toMatchObject({ state: "started" });
      return (await client.listRuns()).runs.find((it) => it.id === slot?.run_id);
    }, WAITING);
    const runner = createRunnerClient({ serverUrl: server.url, token: server.runnerToken });
    const facts = { id: crypto.randomUUID(), name: "test", slots: 1, version: "1" };
    const { attempts } = await runner.claim({ runner: facts, limit: 9, wait_ms: 0, started_by: null });
    expect(attempts.map(({ parameters }) => parameters)).toEqual([run?.parameters]);
  });

  const cron = { kind: "cron", cron: "0 0 1 1 *" } as const;
  it.each<[string, string, unknown, string]>([
    ["a kernel with NUL", "/runs", { path: "~/a.ipynb", kernel_name: "a\0" }, "REQUEST_INVALID"],
    [
      "a kernel with NUL in a schedule",
      "/schedules",
      { path: "~/a.ipynb", kernel_name: "a\0", spec: cron },
      "REQUEST_INVALID",
    ],
    [
      "a kernel with NUL in a workflow",
      "/workflows",
      {
        name: "nul",
        definition: { steps: [{ key: "a", type: "notebook", path: "~/a.ipynb", kernel_name: "a\0" }] },
      },
      "WORKFLOW_INVALID",
    ],
    [
      "a path to follow that no file can have",
      "/schedules",
      {
        path: "~/a.ipynb",
        spec: { kind: "after", path: `/shared/${Array.from({ length: 4000 }, (_, at) => at).join("/")}` },
      },
      "STORAGE_PATH_INVALID",
    ],
    ["parameters of a sweep whose runs have others", "/sweeps", oddSweep(), "PARAMETERS_TOO_LARGE"],
  ])("with %s is refused for what it is", async (_what, path, body, code) => {
    const answer = await send("POST", path, body);
    expect([await codeOf(answer.clone()), answer.status < 500]).toEqual([code, true]);
  });

  it("to tell of a sweep, or of a run that repeats another one, is told of both", async () => {
    const to = { kind: "webhook", url: "http://127.0.0.1:9/", format: "json" } as const;
    const deliveries = [{ on: ["cancelled" as const], to, scraps: [], page: false }];
    const { id } = await client.submitRun({ path: "~/a.ipynb" });
    const again = await client.rerunRun(id, { deliveries });
    const sweep = await client.submitSweep({
      path: "~/a.ipynb",
      grid: new RawJson('{"x": [1, 2]}'),
      deliveries,
    });
    for (const run of [again.id, sweep.id]) {
      await client.cancelRun(run);
      await vi.waitFor(async () => {
        const told = (await client.listDeliveries({ run })).deliveries;
        expect(told.map(({ event, run_id: of }) => [event, of])).toEqual([["cancelled", run]]);
      }, WAITING);
    }
  });

  it("for a backfill whose slots have more parameters than a run may have is refused, planned or made", async () => {
    const long = `[${Array.from({ length: 8 }, (_, at) => at).join()}].map(x, '${"x".repeat(500)}')`;
    const early = "trigger.slot < timestamp('2026-01-01T00:00:00Z')";
    const { id } = await client.createSchedule({
      path: "~/a.ipynb",
      spec: cron,
      parameters: new RawJson(JSON.stringify({ x: { cel: `${early} ? ${long} : []` } })),
    });
    const range = { from: "2024-06-01", until: "2025-06-01" };
    for (const path of ["/backfills/preview", "/backfills"]) {
      const answer = await send("POST", `/schedules/${id}${path}`, range);
      expect([await codeOf(answer), answer.status]).toEqual(["PARAMETERS_TOO_LARGE", 422]);
    }
    expect((await client.listBackfills(id)).backfills).toEqual([]);
    const later = { from: "2026-06-01", until: "2027-06-01" };
    expect((await client.previewBackfill(id, later)).slots).toHaveLength(1);
  });
});

/** How long a slot is waited for. */
const WAITING = { timeout: 60_000, interval: 100 };

function oddSweep(): object {
  return { path: "~/a.ipynb", parameters: { x: "x".repeat(5000) }, grid: { x: ["short"] } };
}
