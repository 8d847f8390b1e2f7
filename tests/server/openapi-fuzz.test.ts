import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { createClient, createRunnerClient } from "../../packages/client/src/index.ts";
import { writeNotebook } from "../support/notebooks.ts";

const SCHEMATHESIS = join(resolve(process.env["NOTEMILL_PEERS_VENV"] ?? ".venv-peers"), "bin", "st");

const directory = mkdtempSync(join(tmpdir(), "notemill-openapi-"));
const errors: unknown[] = [];
let server: PlatformServer;

beforeAll(async () => {
  await mkdir(join(directory, "data", "home"), { recursive: true });
  server = await startServer({
    dataDirectory: join(directory, "data"),
    port: 0,
    log: { info: () => undefined, error: (facts, message) => void errors.push([message, facts["err"]]) },
  });
});
afterAll(async () => {
  await server?.close();
  await rm(directory, { recursive: true, force: true });
});

/** Sends requests that Schemathesis makes from the OpenAPI document, each `{id}` in a path being this one. */
async function fuzz(id: string, operations: string, seed: number): Promise<void> {
  const config = join(directory, "schemathesis.toml");
  await writeFile(config, `[parameters]\n"path.id" = "${id}"\n`);
  const args = [
    "--config-file",
    config,
    "run",
    `${server.url}/api/v1/openapi.json`,
    "--header",
    `Authorization: Bearer ${server.token}`,
    "--include-operation-id-regex",
    operations,
    // A server that drains is not ready: that is its only 5xx on purpose.
    "--exclude-operation-id",
    "ready",
    "--checks",
    "not_a_server_error",
    "--phases",
    "coverage,fuzzing",
    "--max-examples",
    "15",
    "--seed",
    `${seed}`,
    "--generation-database",
    "none",
    "--no-color",
    "--continue-on-failure",
  ];
  const options = { cwd: directory, maxBuffer: 2 ** 26, timeout: 300_000 };
  const result = await promisify(execFile)(SCHEMATHESIS, args, options).catch(
    (error: { stdout?: string; stderr?: string }) => ({
      stdout: `${error.stdout}${error.stderr}`,
      failed: true,
    }),
  );
  expect("failed" in result ? result.stdout : "", "findings of Schemathesis").toBe("");
}

it("answers nothing that Schemathesis makes of the OpenAPI document with a server error", async () => {
  const client = createClient({ serverUrl: server.url, token: server.token });
  await writeNotebook(join(directory, "data", "home", "a.ipynb"), ["x = 1"]);
  const run = await client.submitRun({ path: "~/a.ipynb" });
  const runner = { id: crypto.randomUUID(), name: "r", slots: 1, version: "1" };
  const { attempts } = await createRunnerClient({ serverUrl: server.url, token: server.runnerToken }).claim({
    runner,
    limit: 1,
    wait_ms: 0,
    started_by: null,
  });
  // From here on nobody waits for an attempt.
  server.drain();
  await fuzz(attempts[0]?.id ?? "", "^(appendEvents|putRecordFile|complete)$", 1);
  await client.cancelRun(run.id);
  await fuzz(run.id, "^(?!appendEvents|putRecordFile|complete)", 2);
  expect(errors).toEqual([]);
});
