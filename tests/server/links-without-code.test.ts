import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import type { CreatedLink } from "../../packages/api/src/index.ts";
import { createClient, createRunnerClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { asking, codeOf } from "../support/ask.ts";
import { runCommand } from "../support/command.ts";

const CODED = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "python3", display_name: "Python 3" } },
  cells: [
    {
      cell_type: "code",
      id: "c",
      metadata: {},
      execution_count: 1,
      source: "x = 5",
      outputs: [
        { output_type: "stream", name: "stdout", text: "seen it\n" },
        {
          output_type: "error",
          ename: "ZeroDivisionError",
          evalue: "of one",
          traceback: ["1 / 0  # quoted"],
        },
      ],
    },
  ],
};

describe("share links without code", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-links-"));
  const home = join(directory, "home");
  let server: PlatformServer;
  let client: PlatformClient;
  let run: string;

  beforeAll(async () => {
    await mkdir(home, { recursive: true });
    await writeFile(join(home, "coded.ipynb"), JSON.stringify(CODED));
    server = await startServer({ dataDirectory: directory, port: 0 });
    client = createClient({ serverUrl: server.url, token: server.token });
    run = await succeed();
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const { ask } = asking(() => server);

  /** Runs the notebook as a runner does that executes nothing. */
  async function succeed(): Promise<string> {
    const runner = createRunnerClient({ serverUrl: server.url, token: server.runnerToken });
    const { id } = await client.submitRun({ path: "~/coded.ipynb" });
    const facts = { id: crypto.randomUUID(), name: "test", slots: 1, version: "1" };
    const { attempts } = await runner.claim({ runner: facts, limit: 1, wait_ms: 0, started_by: null });
    const attempt = attempts[0]?.id ?? "";
    const fence = attempts[0]?.fence ?? 0;
    const events = [{ kind: "cell-output", at: new Date().toISOString(), data: new RawJson("{}") }];
    await runner.appendEvents(attempt, { fence, first: 0, events });
    const bytes = Buffer.from(JSON.stringify(CODED));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await runner.putRecordFile(attempt, { name: "output.ipynb", fence, sha256, bytes });
    await runner.complete(attempt, {
      fence,
      status: "succeeded",
      failure: null,
      facts: null,
      kernel_until: null,
    });
    return id;
  }

  it.each([
    ["a notebook", () => ["~/coded.ipynb"]],
    ["its latest output", () => ["~/coded.ipynb", "--latest"]],
    ["a run", () => ["--run", run]],
  ])("to %s show a page that has none, and open nothing by the API", async (_what, words) => {
    const env = { NOTEMILL_SERVER: server.url, NOTEMILL_TOKEN: server.token };
    const made = await runCommand(["links", "create", ...words(), "--without-code", "--json"], { env });
    const { url, token, kind } = JSON.parse(made.stdout) as CreatedLink;
    const html = await (await fetch(url)).text();
    // A traceback quotes code.
    const has = ["seen it", "ZeroDivisionError", "x = 5", "# quoted"].map((it) => html.includes(it));
    expect(has).toEqual([true, true, false, false]);
    const bearer = { authorization: `Bearer ${token}` };
    const path = `path=${encodeURIComponent("~/coded.ipynb")}`;
    for (const address of [
      `files?${path}`,
      `files/content?${path}`,
      `notebooks/latest-output?${path}`,
      `runs/${run}`,
      `runs/${run}/notebook`,
      `runs/${run}/events?follow=false`,
      `runs/${run}/archive`,
      `runs/${run}/records/1/file?name=output.ipynb`,
    ])
      expect([address, (await ask("GET", `/api/v1/${address}`, bearer)).status]).toEqual([address, 403]);
    expect((await runCommand(["links", "list"], { env })).stdout).toContain(`${kind}, no code`);
  });

  it("hand over nothing that is no notebook when they are opened", async () => {
    await writeFile(join(home, "late.ipynb"), "{}");
    const { url } = await client.createLink({ kind: "path", path: "~/late.ipynb", code: "omit" });
    const answer = await ask("GET", new URL(url).pathname);
    expect([answer.status, await codeOf(answer)]).toEqual([404, "OUTPUT_NOT_THERE"]);
  });
});
