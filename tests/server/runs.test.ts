import { readFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SubmitRun } from "../../packages/api/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

describe("runs", () => {
  const directory = SHARED_DIRECTORY;
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
  });
  afterAll(releaseSharedPlatform);

  const write = (name: string, sources: readonly string[], kernel?: string): Promise<void> =>
    writeNotebook(join(directory, "home", name), sources, kernel);
  /** Submits a notebook of these cells and gives the run when it is over. */
  async function runToEnd(
    sources: readonly string[],
    request: Omit<SubmitRun, "path"> = {},
  ): Promise<{ id: string; story: string }> {
    const name = `n${++count}.ipynb`;
    await write(name, sources);
    const { id } = await platform.client.submitRun({ path: `~/${name}`, ...request });
    return { id, story: statuses(await follow(platform.client, id)) };
  }
  let count = 0;
  const outputOf = async (id: string): Promise<string> =>
    Buffer.from(await platform.client.getNotebook(id)).toString("utf8");

  it("are found by the ends of their ids, and what is no id is answered with a sentence", async () => {
    const { id } = await runToEnd(["1"]);
    const { client, env } = platform;
    const shown = await runCommand(["runs", "show", id.slice(-8), "--json"], { env });
    expect(JSON.parse(shown.stdout)).toMatchObject({ id });
    expect((await client.listRuns({ id_end: id.slice(-12) })).runs.map((it) => it.id)).toEqual([id]);
    expect((await client.listWorkflowRuns({ id_end: id.slice(-12) })).workflow_runs).toEqual([]);
    await expect(client.getRun(id.slice(-8))).rejects.toThrow(
      `"${id.slice(-8)}" is no id; expected the whole of one, as 0197f2a4-1111-7aaa-8aaa-aaaaaaaaaaaa: lists have it, and the commands find it by its beginning or its end`,
    );
  });

  it("end when a cell, the whole run, or the kernel's start takes too long, and say which", async () => {
    // What comes before the cell that takes too long is blank: nothing else may be late.
    const sleep = ["", "import time\nprint('begun', flush=True)\ntime.sleep(600)"];
    const cell = await runToEnd(sleep, { timeouts: { cell_ms: 300 } });
    expect(cell.story).toBe("queued starting running timed_out");
    const { failure, attempts } = await platform.client.getRun(cell.id);
    expect(failure).toMatchObject({ code: "CELL_TIMED_OUT", cell_id: "c1", cell_index: 1 });
    expect(attempts).toMatchObject([{ status: "timed_out", exit_class: "timeout" }]);

    const { client } = platform;
    // The start of its kernel counts, which takes a while on a busy machine.
    const whole = await runToEnd(sleep, { timeouts: { run_ms: 12_000 } });
    expect(await client.getRun(whole.id)).toMatchObject({
      status: "timed_out",
      failure: { code: "RUN_TIMED_OUT", cell_id: "c1" },
    });
    expect(await outputOf(whole.id)).toContain("begun");

    const start = await runToEnd(sleep, { timeouts: { start_ms: 1 } });
    expect(await client.getRun(start.id)).toMatchObject({
      status: "timed_out",
      failure: { code: "KERNEL_START_TIMED_OUT", cell_id: null },
    });
  });

  it("are killed when they take more memory than they may, and are told from kernels that just die", async () => {
    const greedy = [
      "kept = bytearray(b'x' * (1 << 20))",
      "more = [bytearray(b'x' * (1 << 20)) for _ in range(1 << 20)]",
    ];
    const { id, story } = await runToEnd(greedy, { memory_bytes: 400 * 2 ** 20 });
    expect(story).toBe("queued starting running failed");
    const { failure, attempts } = await platform.client.getRun(id);
    expect(failure).toMatchObject({ code: "MEMORY_EXCEEDED", cell_id: "c1", cell_index: 1 });
    expect(attempts).toMatchObject([{ exit_class: "user" }]);
    // The file comes behind the run's end.
    const pattern = join(platform.dataDirectory, "runs", "*", "*", id, "1", "manifest.json");
    await expect.poll(() => globSync(pattern)).toHaveLength(1);
    const [manifest = ""] = globSync(pattern);
    const { memory_limit: limit } = JSON.parse(await readFile(manifest, "utf8")) as {
      memory_limit: unknown;
    };
    expect(limit).toMatchObject({
      bytes: 400 * 2 ** 20,
      enforced_by: expect.stringMatching(/^(cgroup_v[12]|sampling)$/),
    });

    const died = await runToEnd(["import os; os._exit(9)"], {
      memory_bytes: 400 * 2 ** 20,
      retry: { platform: { retries: 0 } },
    });
    expect(await platform.client.getRun(died.id)).toMatchObject({ failure: { code: "KERNEL_DIED" } });
    expect((await runToEnd(["x = 1"], { memory_bytes: 400 * 2 ** 20 })).story).toContain("succeeded");
  });

  it("take no more of the processors than they may, where something keeps them from it", async () => {
    const own = [
      "import re, pathlib",
      "groups = pathlib.Path('/proc/self/cgroup').read_text()",
      "v1 = re.search(r'^\\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(.*)$', groups, re.M)",
      "v2 = re.search(r'^0::(.*)$', groups, re.M)",
      "path = lambda *parts: pathlib.Path('/sys/fs/cgroup' + ''.join(parts))",
      "found = [it for it in [v1 and path('/cpu', v1[1], '/cpu.cfs_quota_us'), path(v2[1] if v2 else '', '/cpu.max'), path('/unified', v2[1] if v2 else '', '/cpu.max')] if it and it.exists()]",
      "print('quotas', [it.read_text().split()[0] for it in found])",
    ];
    const { id } = await runToEnd([own.join("\n")], { cpus: 0.4 });
    const manifests = join(platform.dataDirectory, "runs", "*", "*", id, "1", "manifest.json");
    await expect.poll(() => globSync(manifests)).toHaveLength(1);
    const [manifest] = globSync(manifests);
    const { cpu_limit: limit } = JSON.parse(await readFile(manifest ?? "", "utf8")) as {
      cpu_limit: { readonly enforced_by: string };
    };
    expect(limit).toEqual({
      cpus: 0.4,
      enforced_by: expect.stringMatching(/^(cgroup_v[12]|nothing)$/) as string,
    });
    if (limit.enforced_by === "nothing") expect(await outputOf(id)).not.toContain("'40000'");
    else expect(await outputOf(id)).toContain("'40000'");
  });

  it("try a failing cell again where that was asked for, and keep the record of every attempt", async () => {
    const source = "import os\nassert os.environ['NOTEMILL_ATTEMPT'] == '3'";
    const retry = { user: { retries: 3, backoff: { kind: "fixed" as const, delay_ms: 1 } } };
    const { id, story } = await runToEnd([source], { retry });
    expect(story).toBe("queued starting running queued starting running queued starting running succeeded");
    const run = await platform.client.getRun(id);
    expect(run.attempts.map(({ status, exit_class: blamed }) => [status, blamed])).toEqual([
      ["failed", "user"],
      ["failed", "user"],
      ["succeeded", null],
    ]);
    expect(await platform.client.verifyRecords({ run: id })).toMatchObject({ records: 3, problems: [] });

    const final = { ...retry, never_retry: ["AssertionError"] };
    expect((await runToEnd([source], { retry: final })).story).toBe("queued starting running failed");
  });

  it("are found by tag and notebook, by command, page by page", async () => {
    const { env } = platform;
    await write("tagged.ipynb", ["x = 1"]);
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) {
      const { stdout } = await runCommand(
        ["runs", "submit", "~/tagged.ipynb", "--tag", "nightly", "--tag", "team:a", "--priority", "7"],
        { env },
      );
      ids.unshift(stdout.trim());
    }
    const list = (...args: readonly string[]): Promise<{ stdout: string }> =>
      runCommand(["runs", "list", ...args], { env });
    const { stdout } = await list("--tag", "team:a", "--limit", "2", "--all", "--json");
    const runs = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: string; tags: string[]; priority: number });
    expect(runs.map(({ id }) => id)).toEqual(ids);
    expect(runs[0]).toMatchObject({ tags: ["nightly", "team:a"], priority: 7 });
    const byPath = await list("--path", "~/tagged.ipynb", "--since", "1h");
    for (const id of ids) expect(byPath.stdout).toContain(id);
    expect((await list("--tag", "team:b")).stdout).toBe("no runs\n");
  });

  it("are run again, with the same and with other parameters, from the source as it was", async () => {
    const { client, env } = platform;
    await write("again.ipynb", ["alpha = 0.5\nbeta = 1", "print('values', alpha, beta)"]);
    const first = await client.submitRun({
      path: "~/again.ipynb",
      parameters: new RawJson('{"alpha": 2.0, "beta": 3}'),
      tags: ["t"],
    });
    await follow(client, first.id);
    await write("again.ipynb", ["raise SystemExit(1)"]);

    const same = await client.rerunRun(first.id, {});
    const { stdout } = await runCommand(["runs", "rerun", first.id, "-p", "beta", "4"], { env });
    await follow(client, same.id);
    await follow(client, stdout.trim());
    expect(await outputOf(same.id)).toContain("values 2.0 3");
    expect(await outputOf(stdout.trim())).toContain("values 2.0 4");
    expect(await client.getRun(stdout.trim())).toMatchObject({
      status: "succeeded",
      rerun_of: first.id,
      source_hash: first.source_hash,
      tags: ["t"],
    });
    await expect(client.rerunRun(first.id, { parameters: new RawJson("[]") })).rejects.toMatchObject({
      code: "PARAMETERS_INVALID",
    });
  });

  it("give the latest good output of a notebook under one address", async () => {
    const { client, env } = platform;
    const source = ["fails = False", "print('made by', 1)\nassert not fails"];
    await write("latest.ipynb", source);
    await expect(client.latestOutput("~/latest.ipynb")).rejects.toMatchObject({ code: "OUTPUT_NOT_THERE" });
    const good = await client.submitRun({ path: "~/latest.ipynb" });
    await follow(client, good.id);
    const bad = await client.rerunRun(good.id, { parameters: new RawJson('{"fails": true}') });
    expect(statuses(await follow(client, bad.id))).toContain("failed");
    const path = join(directory, "latest-output.ipynb");
    await runCommand(["runs", "output", "~/latest.ipynb", "-o", path], { env });
    expect(Buffer.from(await client.latestOutput("~/latest.ipynb")).toString("utf8")).toBe(
      await outputOf(good.id),
    );
  });

  it("are copied with all files of every record", async () => {
    const retry = { user: { retries: 1, backoff: { kind: "fixed" as const, delay_ms: 1 } } };
    const { id } = await runToEnd(["print('kept')", "1 / 0"], { retry });
    const target = join(directory, "copies");
    const copied = await runCommand(["runs", "export", id, "-o", target], { env: platform.env });
    expect(copied).toMatchObject({ exitCode: 0, stderr: "" });
    const files = globSync(`*/*/${id}/*/*`, { cwd: target }).sort();
    expect(files).toEqual(globSync(`*/*/${id}/*/*`, { cwd: join(platform.dataDirectory, "runs") }).sort());
    expect(files).toHaveLength(8);
    for (const file of files)
      expect(await readFile(join(target, file))).toEqual(
        await readFile(join(platform.dataDirectory, "runs", file)),
      );
  });

  it("have what their kernels took in their records", async () => {
    const { id } = await runToEnd(["block = bytearray(300_000_000)", "sum(range(3_000_000))"]);
    const [attempt] = (await platform.client.getRun(id)).attempts;
    expect(attempt?.resources).toMatchObject({ measured_by: "process_tree" });
    expect(attempt?.resources?.peak_memory_bytes).toBeGreaterThan(300_000_000);
    expect(attempt?.resources?.cpu_seconds).toBeGreaterThan(0);
    // Also as time went on.
    const { memory_bytes: memory = [], cpu_seconds: seconds = [] } = attempt?.resources?.samples ?? {};
    expect(Math.max(...memory)).toBeGreaterThan(300_000_000);
    expect(seconds).toHaveLength(memory.length);
  });

  it("are cancelled though a cell ignores interrupts, and while they wait", async () => {
    const { client } = platform;
    const stubborn =
      "import signal, time\nsignal.signal(signal.SIGINT, lambda *_: print('no', flush=True))\nprint('begun', flush=True)\nwhile True: time.sleep(1)";
    await write("stubborn.ipynb", [stubborn]);
    const { id } = await client.submitRun({ path: "~/stubborn.ipynb" });
    for await (const event of client.followRun(id))
      if (event.kind === "cell-output" && event.data.text.includes("begun")) await client.cancelRun(id);
    expect(await client.getRun(id)).toMatchObject({
      status: "cancelled",
      failure: { code: "RUN_CANCELLED", cell_id: "c0" },
    });
    expect(await outputOf(id)).toContain("no\\n");

    const waits = {
      retry: { user: { retries: 1, backoff: { kind: "fixed" as const, delay_ms: 3_600_000 } } },
    };
    await write("waits.ipynb", ["1 / 0"]);
    const waiting = await client.submitRun({ path: "~/waits.ipynb", ...waits });
    for await (const event of client.followRun(waiting.id))
      if (event.kind === "run-status-changed" && event.attempt === 2) await client.cancelRun(waiting.id);
    expect(await client.getRun(waiting.id)).toMatchObject({ status: "cancelled", attempt: 2 });
  });

  it("are looked up by the beginning of their id, and their logs have colours for terminals alone", async () => {
    const { id } = await runToEnd(["print('\\x1b[31mred\\x1b[0m')"]);
    const logs = async (colour: string): Promise<string> => {
      const words = ["runs", "logs", id.slice(0, 24)];
      const { exitCode, stdout } = await runCommand(words, { env: { ...platform.env, FORCE_COLOR: colour } });
      expect(exitCode).toBe(0);
      return stdout;
    };
    expect(await logs("0")).toContain("\nred\n");
    expect(await logs("1")).toContain("\n\u001b[31mred\u001b[0m\n");
    const none = await runCommand(["runs", "show", "nosuch"], { env: platform.env });
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining('"nosuch" is no id of a run')]);
  });
});
