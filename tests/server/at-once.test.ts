import { mkdtempSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { createClient, createRunnerClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { asking, codeOf } from "../support/ask.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";

describe("what comes at the same moment", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-at-once-"));
  const dataDirectory = join(directory, "data");
  let server: PlatformServer;
  let client: PlatformClient;

  beforeAll(async () => {
    await mkdir(join(dataDirectory, "home"), { recursive: true });
    await placeEmptyDatabase(join(dataDirectory, "db"));
    await writeNotebook(join(dataDirectory, "home", "a.ipynb"), ["x = 1"]);
    server = await startServer({ dataDirectory, port: 0 });
    client = createClient({ serverUrl: server.url, token: server.token });
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const { ask } = asking(() => server);
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ask("POST", `/api/v1${path}`, { authorization: `Bearer ${server.token}`, ...headers }, body);

  it("changes the key of secrets, again and again, and leaves every secret readable", async () => {
    const names = ["first", "second", "third"];
    const textOf = (name: string): string => `text of ${name}`;
    await client.putSecret("first", { text: textOf("first"), grants: ["~/a.ipynb"] });
    await Promise.all([
      ...Array.from({ length: 6 }, () => client.rotateSecretKey()),
      ...names.slice(1).map((name) => client.putSecret(name, { text: textOf(name), grants: ["~/a.ipynb"] })),
      ...Array.from({ length: 6 }, () => client.rotateSecretKey()),
    ]);
    const keys = await readFile(join(dataDirectory, "secret-key"), "utf8");
    expect(keys.trim().split("\n")).toHaveLength(1);

    const values = names.map((name) => `"${name}": {"secret": "${name}"}`).join();
    await client.submitRun({ path: "~/a.ipynb", parameters: new RawJson(`{${values}}`) });
    const runner = createRunnerClient({ serverUrl: server.url, token: server.runnerToken });
    const facts = { id: crypto.randomUUID(), name: "test", slots: 1, version: "1" };
    const { attempts } = await runner.claim({ runner: facts, limit: 1, wait_ms: 0, started_by: null });
    expect(attempts[0]?.secrets.map(({ name, text }) => [name, text])).toEqual(
      names.map((name) => [name, textOf(name)]),
    );
  });

  it("starts one run for one key, and says so to those who ask for something else with it", async () => {
    const asked = Array.from({ length: 10 }, (_, index) =>
      post("/runs", { path: "~/a.ipynb", tags: [`t${index % 2}`] }, { "idempotency-key": "once" }),
    );
    const codes = await Promise.all((await Promise.all(asked)).map(codeOf));
    expect(codes.toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => "201"),
      ...Array.from({ length: 5 }, () => "IDEMPOTENCY_KEY_REUSED"),
    ]);
  });

  it("promotes, changes and deletes a schedule without a loss", async () => {
    const { id } = await client.createSchedule({
      path: "~/a.ipynb",
      name: "raced",
      follows: "promoted",
      spec: { kind: "cron", cron: "0 0 1 1 *" },
    });
    const promoted = await Promise.all(
      Array.from({ length: 6 }, () => post(`/schedules/${id}/promote`, {}).then(codeOf)),
    );
    expect(promoted).toContain("200");
    expect(promoted.filter((code) => code !== "200" && code !== "SCHEDULE_CHANGED")).toEqual([]);
    const headers = { authorization: `Bearer ${server.token}` };
    const raced = await Promise.all([
      post(`/schedules/${id}/run`, {}).then(codeOf),
      ask("DELETE", `/api/v1/schedules/${id}`, headers).then(codeOf),
      post(`/schedules/${id}/run`, {}).then(codeOf),
      post(`/schedules/${id}/promote`, {}).then(codeOf),
      post(`/schedules/${id}/pause`, {}).then(codeOf),
    ]);
    expect(raced).toContain("204");
    expect(raced.filter((code) => !/^20[014]$|^SCHEDULE_(?:NOT_FOUND|CHANGED)$/.test(code))).toEqual([]);
  });
});
