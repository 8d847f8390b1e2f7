import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ComputeBackend, Workload } from "../src/index.ts";

const MEBIBYTE = 2 ** 20;

/** What a backend has to do, wherever it runs its workloads. */
export interface BackendUnderTest {
  /** Opens a backend whose place is this directory, in which an earlier one may have been. */
  open(directory: string, aloneSeconds?: number): Promise<ComputeBackend>;
  /** Whether a program that carries this text in its command line runs anywhere. */
  isThere(marker: string): Promise<boolean>;
}

/** The contract of backends: processes keep it, and containers can join. Workloads need `sh` and `python3`. */
export function backendContract(name: string, { open, isThere }: BackendUnderTest): void {
  describe(name, () => {
    let directory: string;
    let backend: ComputeBackend;
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), "notemill-compute-"));
      backend = await open(directory);
    });
    afterEach(async () => {
      await backend[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    });

    let count = 0;
    const workload = (script: string, more: Partial<Workload> = {}): Workload => ({
      id: `w-${process.pid}-${++count}`,
      owner: "ann",
      entry: ["/bin/sh", "-c", script],
      env: { PATH: process.env["PATH"] ?? "", GREETING: "hello world" },
      resources: { memoryBytes: null, cpus: null },
      limits: { runtimeMs: null, graceMs: 5000 },
      labels: { run: "r1" },
      ...more,
    });
    const run = async (script: string, more: Partial<Workload> = {}) => {
      const { id } = await backend.launch(workload(script, more));
      return { id, status: await backend.wait(id) };
    };
    /** Waits until a workload has written something. */
    const written = (id: string, text: string): Promise<void> =>
      expect.poll(() => backend.logs(id)).toContain(text);

    it("runs a program in a directory and an environment of its own, and keeps what it says", async () => {
      process.env["NOTEMILL_TEST_SECRET"] = "do not tell";
      const { id, status } = await run('echo "$GREETING"; ls | wc -l; env; echo bad >&2; touch left');
      delete process.env["NOTEMILL_TEST_SECRET"];
      expect(status).toMatchObject({ owner: "ann", end: { reason: "normal", exitCode: 0, signal: null } });
      const log = await backend.logs(id);
      expect(log).toMatch(/^hello world\n\s*0\n/);
      expect(log).toContain("bad\n");
      expect(log).not.toContain("do not tell");
      expect(await backend.logs(id, { bytes: 4 })).toBe("bad\n");
    });

    it("says how a program ended", async () => {
      expect((await run("exit 3")).status.end).toMatchObject({ reason: "failed", exitCode: 3, signal: null });
      expect((await run("kill -SEGV $$")).status.end).toMatchObject({
        reason: "failed",
        exitCode: null,
        signal: "SIGSEGV",
      });
      expect((await run("x", { entry: ["/no/such/program"] })).status.end).toMatchObject({
        reason: "failed",
        exitCode: 127,
      });
    });

    it("starts a workload once, however often it is asked to", async () => {
      const once = workload("echo begun; sleep 0.2");
      const [first, second] = await Promise.all([
        backend.launch(once),
        backend.launch(workload("echo other")).then(() => backend.launch(once)),
      ]);
      await written(once.id, "begun");
      expect(second.startedAt).toEqual(first.startedAt);
      const ended = await backend.wait(once.id);
      expect(await backend.launch(once)).toEqual(ended);
      expect(await backend.logs(once.id)).toBe("begun\n");
    });

    it.each([["", "..", "a/b"], ["x".repeat(200)]])(
      "refuses %j as an id, and starts nothing",
      async (...ids) => {
        for (const id of ids)
          await expect(backend.launch(workload("touch started", { id }))).rejects.toMatchObject({
            code: "WORKLOAD_INVALID",
          });
        await expect(backend.inspect(ids.at(-1) ?? "")).rejects.toMatchObject({ code: "WORKLOAD_NOT_FOUND" });
        expect(await backend.list()).toEqual([]);
      },
    );

    it("asks a program to end, and takes no for an answer as long as it has to", async () => {
      const gentle = await backend.launch(
        workload("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done"),
      );
      await written(gentle.id, "up");
      expect((await backend.stop(gentle.id)).end).toMatchObject({ reason: "killed", exitCode: 0 });
      expect(await backend.logs(gentle.id)).toContain("bye\n");
      const deaf = await backend.launch(workload("trap '' TERM INT; echo up; while :; do sleep 0.1; done"));
      await written(deaf.id, "up");
      await backend.signal(deaf.id, "SIGINT");
      expect((await backend.inspect(deaf.id)).end).toBeNull();
      expect((await backend.stop(deaf.id, { graceMs: 100 })).end).toMatchObject({
        reason: "killed",
        signal: "SIGKILL",
      });
    });

    it.each([
      ["ends", "", "true"],
      ["is stopped", "", "sleep 600"],
      ["has to be killed", "trap '' TERM;", "while :; do sleep 0.1; done"],
    ])(
      "leaves nothing of a program that %s, not what has a session of its own either",
      async (_how, first, last) => {
        const marker = `notemill-marker-${process.pid}-${++count}`;
        const escape = `python3 -c "import os, time; os.setsid(); print('out', flush=True); time.sleep(600)" ${marker} &`;
        const { id } = await backend.launch(
          workload(`${first} ${escape} while ! grep -q out ../log; do sleep 0.05; done; ${last}`),
        );
        await written(id, "out");
        if (last !== "true") await backend.stop(id, { graceMs: 50 });
        await backend.wait(id);
        await expect.poll(() => isThere(marker)).toBe(false);
      },
    );

    it("ends what runs too long", async () => {
      const { status } = await run("sleep 600", { limits: { runtimeMs: 300, graceMs: 100 } });
      expect(status.end).toMatchObject({ reason: "runtime_limit" });
    });

    it("limits what is taken as it says it can, and measures it", async () => {
      const { memoryLimit, cpuLimit } = await backend.capabilities();
      const greedy = "python3 -c \"parts = []\nwhile True: parts.append(bytearray(b'x' * (1 << 20)))\"";
      const resources = { memoryBytes: 150 * MEBIBYTE, cpus: 0.9 };
      const modest = await run("python3 -c \"sum(range(4_000_000)); held = b'x' * (40 << 20)\"", {
        resources,
      });
      expect(modest.status.enforcement).toEqual({
        memory: memoryLimit ?? "nothing",
        cpus: cpuLimit ?? "nothing",
      });
      expect(modest.status.end).toMatchObject({ reason: "normal" });
      expect(modest.status.usage?.cpuSeconds).toBeGreaterThan(0.02);
      if (memoryLimit !== null)
        expect((await run(greedy, { resources })).status.end).toMatchObject({ reason: "oom" });
      const free = await run("true");
      expect(free.status.enforcement).toEqual({ memory: null, cpus: null });
    });

    it("takes up what an earlier backend has left, with its limits, and knows what has ended meanwhile", async () => {
      const resources = { memoryBytes: 200 * MEBIBYTE, cpus: null };
      const long = await backend.launch(workload("echo up; read -r x < ./go; exit 7", { resources }));
      const wait = "while [ ! -e ./go ]; do sleep 0.05; done";
      const later = await backend.launch(
        workload(`mkfifo go; echo up; ${wait}; sleep 600`, { labels: { run: "r2" } }),
      );
      await written(later.id, "up");
      const short = await backend.launch(workload("while [ ! -e ../../go ]; do sleep 0.05; done; exit 5"));
      await written(long.id, "up");
      await backend.leave();
      await rm(join(directory, "go"), { force: true });
      const { writeFile } = await import("node:fs/promises");
      await writeFile(join(directory, "go"), "");
      backend = await open(directory);
      expect((await backend.list({ run: "r1" })).map(({ id }) => id)).toEqual([long.id, short.id]);
      expect((await backend.list({ run: "r2" })).map(({ id }) => id)).toEqual([later.id]);
      expect((await backend.wait(short.id)).end).toMatchObject({ reason: "failed", exitCode: 5 });
      expect((await backend.inspect(later.id)).end).toBeNull();
      expect((await backend.inspect(long.id)).enforcement).toEqual(long.enforcement);
      expect((await backend.stop(later.id, { graceMs: 50 })).end).toMatchObject({ reason: "killed" });
      await backend.remove(later.id);
      await expect(backend.inspect(later.id)).rejects.toMatchObject({ code: "WORKLOAD_NOT_FOUND" });
    });

    it("leaves no orphan where no other backend comes", async () => {
      const place = join(directory, "alone");
      const first = await open(place, 0);
      const marker = `notemill-marker-${process.pid}-${++count}`;
      const { id } = await first.launch(workload(`echo up; sleep 600 # ${marker}`));
      await expect.poll(() => isThere(marker)).toBe(true);
      await first.leave();
      await expect.poll(() => isThere(marker)).toBe(false);
      await using second = await open(place);
      expect((await second.wait(id)).end).toMatchObject({ reason: "lost" });
    });
  });
}
