import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signalIfThere } from "../../../../tests/support/processes.ts";
import { createKernelPool } from "../../src/index.ts";
import type { KernelError, StartKernelOptions } from "../../src/index.ts";
import { createManualClock } from "../../testing/manual-clock.ts";
import { descendants } from "./processes.ts";
import { bashKernelspec, evaluate, pythonKernelspec, run } from "./python-kernel.ts";

let directory: string;
let bash: StartKernelOptions;
let python: StartKernelOptions;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "spare-"));
  bash = { kernelspec: await bashKernelspec(), cwd: directory, env: process.env };
  python = { ...bash, kernelspec: await pythonKernelspec() };
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

describe("a kernel started ahead", () => {
  it("is given to who wants the same, once", async () => {
    await using pool = createKernelPool();
    await pool.prepare(bash);
    expect(pool.stats()).toMatchObject({ forkServers: 0, spareKernels: 1 });
    await using first = await pool.acquire(bash);
    expect(await run(first, "x=1; pwd")).toMatchObject({ stdout: `${directory}\n` });
    await using second = await pool.acquire(bash);
    expect(await run(second, "echo [$x]")).toMatchObject({ stdout: "[]\n" });
    expect(second.pid).not.toBe(first.pid);
    expect(pool.stats().acquired).toEqual({ spare: 1, forked: 0, cold: 1 });
  });

  it("comes without being asked for to who comes again", async () => {
    await using pool = createKernelPool({ clock: createManualClock() });
    const sources: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      await using kernel = await pool.acquire(python);
      sources.push(JSON.stringify(pool.stats().acquired));
      expect(await evaluate(kernel, "'seen' in globals()")).toBe(false);
      await run(kernel, "seen = True");
    }
    expect(sources).toEqual([
      '{"spare":0,"forked":1,"cold":0}',
      '{"spare":0,"forked":2,"cold":0}',
      '{"spare":1,"forked":2,"cold":0}',
      '{"spare":2,"forked":2,"cold":0}',
    ]);
  });

  it("leaves a run that comes alone the machine before it is started", async () => {
    const clock = createManualClock();
    await using pool = createKernelPool({ clock });
    await using _first = await pool.acquire(python);
    clock.advance(1000);
    await using _second = await pool.acquire(python);
    expect(pool.stats()).toMatchObject({ spareKernels: 0, forkedKernels: 2 });
    clock.advance(249);
    expect(pool.stats().spareKernels).toBe(0);
    clock.advance(1);
    await expect.poll(() => pool.stats().spareKernels).toBe(1);
  });

  it.each<[string, (options: StartKernelOptions) => StartKernelOptions]>([
    ["directory", (options) => ({ ...options, cwd: tmpdir() })],
    ["environment", (options) => ({ ...options, env: { ...process.env, OTHER: "1" } })],
    ["transport", (options) => ({ ...options, transport: "tcp" })],
  ])("is not given to who wants another %s", async (_what, change) => {
    await using pool = createKernelPool();
    await pool.prepare(python);
    await using kernel = await pool.acquire(change(python));
    expect(await evaluate(kernel, "1 + 1")).toBe(2);
    expect(pool.stats()).toMatchObject({ spareKernels: 1, acquired: { spare: 0, forked: 1 } });
  });

  it("is not given to who means another directory by the same path", async () => {
    const cwd = join(directory, "run");
    await mkdir(cwd);
    await using pool = createKernelPool();
    await pool.prepare({ ...python, cwd });
    await rename(cwd, join(directory, "old"));
    await mkdir(cwd);
    await using kernel = await pool.acquire({ ...python, cwd });
    expect(await evaluate(kernel, "__import__('os').getcwd()")).toBe(cwd);
    expect(pool.stats()).toMatchObject({ spareKernels: 0, acquired: { spare: 0, forked: 1 } });
  });

  it("tells its new owner what its process wrote before, and writes after", async () => {
    const argv = [...python.kernelspec.argv, "--IPKernelApp.exec_lines=import os, sys"];
    argv.push("--IPKernelApp.exec_lines=raw = sys.stderr._original_stdstream_copy; os.write(raw, b'early ')");
    const kernelspec = { ...python.kernelspec, argv };
    const heard = Promise.withResolvers<string>();
    let words = "";
    await using pool = createKernelPool();
    await pool.prepare({ ...python, kernelspec });
    await using kernel = await pool.acquire({
      ...python,
      kernelspec,
      onProcessOutput: (_stream, text) => {
        words += text;
        if (words.includes("late")) heard.resolve(words);
      },
    });
    await run(kernel, "os.write(raw, b'late');");
    expect(await heard.promise).toContain("early late");
  });

  it("is replaced when it dies, and the pool says so", async () => {
    const warned = Promise.withResolvers<KernelError>();
    await using pool = createKernelPool({ onWarning: warned.resolve });
    const before = new Set(descendants());
    await pool.prepare(bash);
    for (const pid of descendants()) if (!before.has(pid)) signalIfThere(pid, "SIGKILL");
    expect(await warned.promise).toMatchObject({ code: "SPARE_KERNEL_FAILED" });
    await using kernel = await pool.acquire(bash);
    expect(await run(kernel, "echo well")).toMatchObject({ stdout: "well\n" });
  });

  it("does not keep others from starting when it cannot be started", async () => {
    const warnings: KernelError[] = [];
    await using pool = createKernelPool({ onWarning: (warning) => warnings.push(warning) });
    const kernelspec = { ...bash.kernelspec, argv: ["/nonexistent/kernel", "{connection_file}"] };
    await pool.prepare({ ...bash, kernelspec });
    expect(warnings).toMatchObject([{ code: "SPARE_KERNEL_FAILED", cause: { code: "KERNEL_START_FAILED" } }]);
    await expect(pool.acquire({ ...bash, kernelspec })).rejects.toMatchObject({
      code: "KERNEL_START_FAILED",
    });
    expect(pool.stats().spareKernels).toBe(0);
  });

  it("ends when nobody has wanted it for long", async () => {
    const clock = createManualClock();
    await using pool = createKernelPool({ clock, maxIdleMs: 1_000 });
    await pool.prepare(bash);
    clock.advance(999);
    expect(pool.stats().spareKernels).toBe(1);
    clock.advance(1);
    expect(pool.stats().spareKernels).toBe(0);
  });

  it("gives way to newer ones where there may be no more", async () => {
    await using pool = createKernelPool({ maxSpareKernels: 1 });
    await pool.prepare(python);
    await pool.prepare({ ...python, cwd: tmpdir() });
    expect(pool.stats().spareKernels).toBe(1);
    await using kernel = await pool.acquire({ ...python, cwd: tmpdir() });
    expect(await evaluate(kernel, "__import__('os').getcwd()")).toBe(tmpdir());
    expect(pool.stats().acquired.spare).toBe(1);
  });

  it("is not kept where it would take too much memory", async () => {
    await using pool = createKernelPool({ maxMemoryBytes: 1024 });
    await pool.prepare(python);
    expect(pool.stats()).toMatchObject({ forkServers: 1, spareKernels: 0 });
  });
});
