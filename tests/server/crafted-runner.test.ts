import { mkdtempSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import type { ClaimedAttempt, Complete } from "../../packages/api/src/index.ts";
import {
  createClient,
  createRunnerClient,
  type PlatformClient,
  type RunnerClient,
} from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { asking, codeOf } from "../support/ask.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";

describe("a runner that nobody has written for this server", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-crafted-"));
  const dataDirectory = join(directory, "data");
  const runnerId = crypto.randomUUID();
  let server: PlatformServer;
  let client: PlatformClient;
  let runner: RunnerClient;

  beforeAll(async () => {
    await mkdir(join(dataDirectory, "home"), { recursive: true });
    await placeEmptyDatabase(join(dataDirectory, "db"));
    await writeNotebook(join(dataDirectory, "home", "a.ipynb"), ["x = 1"]);
    server = await startServer({ dataDirectory, port: 0 });
    client = createClient({ serverUrl: server.url, token: server.token });
    runner = createRunnerClient({ serverUrl: server.url, token: server.runnerToken });
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const { ask } = asking(() => server);
  const AT = "2026-01-01T00:00:00Z";

  const claim = async (limit: number): Promise<readonly ClaimedAttempt[]> => {
    const facts = { id: runnerId, name: "crafted", slots: 1024, version: "1" };
    return (await runner.claim({ runner: facts, limit, wait_ms: 0, started_by: null })).attempts;
  };
  const begin = async (): Promise<ClaimedAttempt> => {
    await client.submitRun({ path: "~/a.ipynb", priority: 100, retry: { max_retries: 0 } });
    const [attempt] = await claim(1);
    if (attempt === undefined) throw new Error("there is nothing to claim");
    return attempt;
  };
  const event = (kind: string, json: string) => ({ kind, at: AT, data: new RawJson(json) });
  const ended: Omit<Complete, "fence"> = {
    status: "failed",
    failure: null,
    facts: null,
    kernel_until: null,
  };
  const send = (path: string, body: unknown, method = "POST"): Promise<Response> =>
    ask(method, `/api/v1/runner/${path}`, { authorization: `Bearer ${server.runnerToken}` }, body);

  it("gets so many attempts in one answer and no more, however many slots it says it has", async () => {
    const sets = Array.from({ length: 250 }, (_, index) => `{"x": ${index}}`);
    const sweep = await client.submitSweep({
      path: "~/a.ipynb",
      grid: new RawJson(`[${sets.join(",")}]`),
      concurrency: 1000,
      retry: { max_retries: 0 },
    });
    const claimed = [await claim(1024), await claim(1024), await claim(1024)];
    expect(claimed.map(({ length }) => length)).toEqual([200, 50, 0]);
    expect(new Set(claimed.flat().map(({ id }) => id)).size).toBe(250);
    await client.cancelRun(sweep.id);
  });

  it.each([
    ["more slots than there are", { slots: 2 ** 31 }, {}],
    ["no slot", { slots: 0 }, {}],
    ["a limit without end", {}, { limit: 1e300 }],
    ["a limit below nothing", {}, { limit: -1 }],
  ])("claims nothing with %s", async (_what, ofRunner, more) => {
    const facts = { id: runnerId, name: "crafted", slots: 1, version: "1", ...ofRunner };
    const body = { runner: facts, limit: 1, wait_ms: 0, started_by: null, ...more };
    expect(await codeOf(await send("claims", body))).toBe("REQUEST_INVALID");
  });

  it("cannot put a notebook in the place of what another one hands in", async () => {
    const { id, fence, run_id: runId } = await begin();
    await runner.appendEvents(id, { fence, first: 0, events: [event("cell-started", "{}")] });
    const put = (notebook: string, by: number): Promise<string> =>
      fetch(`${server.url}/api/v1/runner/attempts/${id}/notebook?fence=${by}`, {
        method: "PUT",
        headers: {
          authorization: `Bearer ${server.runnerToken}`,
          "content-type": "application/octet-stream",
        },
        body: notebook,
      }).then(codeOf);
    expect(await put('{"true": 1}', fence)).toBe("204");
    expect(await put('{"false": 1}', fence + 1)).toBe("ATTEMPT_LOST");
    expect(Buffer.from(await client.getNotebook(runId)).toString()).toBe('{"true": 1}');
    await runner.complete(id, { ...ended, fence });
  });

  it("with a token of its own does nothing for a runner with another, whatever ids and fences it knows", async () => {
    const tokens = await Promise.all(
      ["mine", "other"].map(async (name) => (await client.createToken({ name, scope: "runner" })).token),
    );
    const [mine, other] = tokens.map((token) => createRunnerClient({ serverUrl: server.url, token }));
    if (mine === undefined || other === undefined) throw new Error("there is no token");
    const id = crypto.randomUUID();
    const claimBy = (by: RunnerClient) => {
      const facts = { id, name: "mine", slots: 1, version: "1" };
      return by.claim({ runner: facts, limit: 1, wait_ms: 0, started_by: null });
    };
    await client.submitRun({ path: "~/a.ipynb", priority: 100, retry: { max_retries: 0 } });
    const [attempt] = (await claimBy(mine)).attempts;
    if (attempt === undefined) throw new Error("there is nothing to claim");
    const { id: attemptId, fence, run_id: runId } = attempt;
    const code = (asked: Promise<unknown>): Promise<unknown> =>
      asked.then(
        () => "taken",
        (error: { code: string }) => error.code,
      );
    const bytes = Buffer.from("{}");
    const file = { name: "output.ipynb", fence, sha256: "0".repeat(64), bytes };
    for (const by of [other, runner]) {
      const events = { fence, first: 0, events: [event("cell-started", "{}")] };
      expect(await code(by.appendEvents(attemptId, events))).toBe("ATTEMPT_LOST");
      expect(await code(by.putLiveNotebook(attemptId, { fence, bytes }))).toBe("ATTEMPT_LOST");
      expect(await code(by.putRecordFile(attemptId, file))).toBe("ATTEMPT_LOST");
      expect(await code(by.complete(attemptId, { ...ended, fence }))).toBe("ATTEMPT_LOST");
      const beat = { runner_id: id, attempts: [{ id: attemptId, fence }] };
      expect(await code(by.heartbeat(beat))).toBe("TOKEN_NOT_FOR_THIS");
      const orders = { runner_id: id, wait_ms: 0, stopping: [], executing: [] };
      expect(await code(by.getOrders(orders))).toBe("TOKEN_NOT_FOR_THIS");
      const kernel = { runner_id: id, kernel_until: null };
      expect(await code(by.noteKernel(attemptId, kernel))).toBe("TOKEN_NOT_FOR_THIS");
      const outputs = { runner_id: id, first: 0, outputs: [], result: null };
      expect(await code(by.appendOutputs(crypto.randomUUID(), outputs))).toBe("TOKEN_NOT_FOR_THIS");
      expect(await code(claimBy(by))).toBe("TOKEN_NOT_FOR_THIS");
    }
    expect((await client.getRun(runId)).status).toBe("starting");
    await mine.appendEvents(attemptId, { fence, first: 0, events: [event("cell-started", "{}")] });
    expect((await mine.complete(attemptId, { ...ended, fence })).status).toBe("failed");
  });

  it.each(["a\nevent: end", "a\rid: 9", "A b", "", "\u0000"])(
    "tells of no event of the kind %j, which followers would read as another",
    async (kind) => {
      const { id, fence } = await begin();
      const answer = await send(`attempts/${id}/events`, {
        fence,
        first: 0,
        events: [{ kind, at: AT, data: {} }],
      });
      expect(await codeOf(answer)).toBe("REQUEST_INVALID");
      await runner.complete(id, { ...ended, fence });
    },
  );

  it("tells of events in any layout and size, and who follows reads each of them", async () => {
    const { id, fence, run_id: runId } = await begin();
    const large = (n: number): string => `{\n\n "n": ${n},\r\n "text": "${"x".repeat(400_000)}"\n}\n`;
    const sent = Array.from({ length: 12 }, (_, n) => event("cell-output", large(n)));
    await runner.appendEvents(id, { fence, first: 0, events: sent });
    await runner.complete(id, { ...ended, fence });
    const seen: number[] = [];
    let last = "";
    for await (const { kind, data } of client.followRun(runId)) {
      last = kind;
      if (kind === "cell-output") seen.push((JSON.parse(data.text) as { n: number }).n);
    }
    expect(seen).toEqual(sent.map((_, n) => n));
    expect(last).toBe("run-status-changed");
  });

  it("reports nothing of what is not its own, out of order, or over", async () => {
    const { id, fence } = await begin();
    const events = [event("cell-started", "{}")];
    const codes = async (attempt: string, by: number, first: number): Promise<string> =>
      codeOf(
        await send(`attempts/${attempt}/events`, { fence: by, first, events: [{ ...events[0], data: {} }] }),
      );
    expect(await codes(crypto.randomUUID(), fence, 0)).toBe("ATTEMPT_LOST");
    expect(await codes(id, fence + 1, 0)).toBe("ATTEMPT_LOST");
    expect(await codes(id, fence, 5)).toBe("EVENTS_MISSING");
    const other = send(`attempts/${id}/complete`, { ...ended, fence: fence + 1 });
    expect(await codeOf(await other)).toBe("ATTEMPT_LOST");
    const both = await Promise.all(
      (["failed", "succeeded"] as const).map((status) =>
        send(`attempts/${id}/complete`, {
          ...ended,
          fence,
          status,
          events: { first: 0, events: [{ kind: "cell-started", at: AT, data: {} }] },
        }).then(codeOf),
      ),
    );
    expect(both.toSorted()).toEqual(["200", "ATTEMPT_LOST"]);
    expect(await codes(id, fence, 1)).toBe("ATTEMPT_LOST");
  });

  it("ends an attempt whatever the names of what its notebook recorded", async () => {
    const { id, fence, run_id: runId } = await begin();
    const scraps = { data: new RawJson("{}"), left_out: ["a\0b", "\ud800", "ü", 'q"\\'] };
    const run = await runner.complete(id, { ...ended, fence, scraps });
    expect([run.id, run.status]).toEqual([runId, "failed"]);
    expect((await client.getRun(runId)).metrics.text).toBe("{}");
  });

  it.each([
    ["a failure", { failure: failure("x".repeat(2_000_000)) }],
    ["scraps", { scraps: { data: new RawJson(`{"a": "${"x".repeat(2_000_000)}"}`), left_out: [] } }],
  ])("is refused %s that would come with every list of runs", async (_what, more) => {
    const { id, fence } = await begin();
    await expect(runner.complete(id, { ...ended, ...more, fence })).rejects.toMatchObject({
      code: "BODY_TOO_LARGE",
    });
    await runner.complete(id, { ...ended, fence });
  });

  it("harms nobody with scraps that are no object", async () => {
    const { id, fence, run_id: runId } = await begin();
    await runner.complete(id, { ...ended, fence, scraps: { data: new RawJson("[1]"), left_out: [] } });
    expect((await client.getRun(runId)).metrics.text).toBe("{}");
  });
});

function failure(evalue: string): NonNullable<Complete["failure"]> {
  const nothing = { cell_id: null, cell_index: null, ename: null, traceback: [] };
  return { code: "CELL_FAILED", message: "no", evalue, ...nothing };
}
