import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKernelPool } from "../../src/index.ts";
import type { Kernel, KernelError, KernelPool, StartKernelOptions } from "../../src/index.ts";
import { createManualClock } from "../../testing/manual-clock.ts";
import { initialEnvironment } from "./processes.ts";
import { evaluate, pythonKernelspec, run } from "./python-kernel.ts";

const options: StartKernelOptions = { kernelspec: await pythonKernelspec(), cwd: tmpdir(), env: process.env };
let modules: string;

beforeAll(async () => {
  modules = await mkdtemp(join(tmpdir(), "modules-"));
});

afterAll(async () => {
  await rm(modules, { recursive: true });
});

/** Acquires kernels with the options given, at the same time. */
async function acquireAll(
  pool: KernelPool,
  starts: readonly StartKernelOptions[],
): Promise<AsyncDisposable & { readonly kernels: readonly Kernel[] }> {
  const kernels = await Promise.all(starts.map((start) => pool.acquire(start)));
  return {
    kernels,
    async [Symbol.asyncDispose]() {
      await Promise.all(kernels.map((kernel) => kernel[Symbol.asyncDispose]()));
    },
  };
}

describe("two forked kernels", () => {
  it("never are the same one, however many are wanted at once", async () => {
    await using pool = createKernelPool();
    const starts = Array.from({ length: 6 }, (_, index) => ({
      ...options,
      env: { ...process.env, ME: `${index}` },
    }));
    await using all = await acquireAll(pool, starts);
    expect(pool.stats()).toMatchObject({ forkServers: 1, acquired: { forked: 6 } });

    const values = await Promise.all(
      all.kernels.map((kernel) => evaluate(kernel, "__import__('os').environ['ME']")),
    );
    expect(values).toEqual(["0", "1", "2", "3", "4", "5"]);
    const keys = await Promise.all(
      all.kernels.map(async (kernel) => JSON.parse(await readFile(kernel.connectionFile, "utf8")).key),
    );
    expect(new Set(keys).size).toBe(6);
    expect(new Set(all.kernels.map((kernel) => kernel.pid)).size).toBe(6);
  });

  it("draw different random numbers, of NumPy too", async () => {
    // A site may import anything; what has threads of its own could not be forked.
    await writeFile(join(modules, "sitecustomize.py"), "import numpy.random\n");
    const env = { ...process.env, PYTHONPATH: modules, OPENBLAS_NUM_THREADS: "1" };
    await using pool = createKernelPool();
    await using all = await acquireAll(pool, [
      { ...options, env },
      { ...options, env },
    ]);
    expect(pool.stats().acquired).toEqual({ forked: 2, cold: 0, spare: 0 });
    const draws = await Promise.all(
      all.kernels.map(async (kernel) => {
        await run(kernel, "import sys, random, uuid, tempfile, secrets\nhad_numpy = 'numpy' in sys.modules");
        return evaluate(
          kernel,
          `[had_numpy, random.random(), sys.modules["numpy"].random.rand(), str(uuid.uuid4()), str(uuid.uuid1()),
            next(tempfile._get_candidate_names()), secrets.token_hex()]`,
        );
      }),
    );
    const [[hadNumpy, ...first], [, ...second]] = draws as [unknown[], unknown[]];
    expect(hadNumpy).toBe(true);
    expect(new Set([...first, ...second]).size).toBe(12);
  });

  it("know nothing of each other's environment", async () => {
    await using pool = createKernelPool();
    await using first = await pool.acquire({ ...options, env: { ...process.env, SECRET: "of the first" } });
    await using second = await pool.acquire(options);
    expect(await evaluate(second, "__import__('os').environ.get('SECRET')")).toBeNull();
    const serverPid = Number(await evaluate(first, "__import__('os').getppid()"));
    for (const pid of [first.pid, second.pid, serverPid]) {
      expect(initialEnvironment(pid).join("\n")).not.toContain("SECRET");
    }
  });
});

describe("a start that a fork could not serve", () => {
  it("is cold when libraries have threads by then", async () => {
    const code = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n";
    await writeFile(join(modules, "sitecustomize.py"), code);
    const warnings: KernelError[] = [];
    await using pool = createKernelPool({ onWarning: (warning) => warnings.push(warning) });
    await using kernel = await pool.acquire({ ...options, env: { ...process.env, PYTHONPATH: modules } });
    expect(await evaluate(kernel, "1 + 1")).toBe(2);
    expect(pool.stats().acquired).toEqual({ forked: 0, cold: 1, spare: 0 });
    expect(warnings).toMatchObject([
      { code: "FORK_SERVER_FAILED", message: expect.stringContaining("its imports left 2 threads running") },
    ]);
  });

  it.each([
    ["LD_LIBRARY_PATH", "/opt/none"],
    ["OMP_NUM_THREADS", "1"],
  ])("is cold when %s differs and there may be no other fork server", async (name, value) => {
    await using pool = createKernelPool({ maxForkServers: 1 });
    await using usual = await pool.acquire(options);
    await using other = await pool.acquire({ ...options, env: { ...process.env, [name]: value } });
    expect(pool.stats()).toMatchObject({ forkServers: 1, acquired: { forked: 1, cold: 1 } });
    const read = `__import__('os').environ.get('${name}')`;
    expect(await evaluate(usual, read)).toBe(process.env[name] ?? null);
    expect(await evaluate(other, read)).toBe(value);
  });

  it("reports what is wrong with a working directory as a cold start does", async () => {
    const warnings: KernelError[] = [];
    await using pool = createKernelPool({ onWarning: (warning) => warnings.push(warning) });
    await using kernel = await pool.acquire(options);
    const start = pool.acquire({ ...options, cwd: join(modules, "none") });
    await expect(start).rejects.toMatchObject({ code: "KERNEL_START_FAILED" });
    expect(pool.stats()).toMatchObject({ forkServers: 1, forkedKernels: 1 });
    expect(await evaluate(kernel, "1 + 1")).toBe(2);
    expect(warnings).toEqual([]);
  });

  it("is cold when what is forked does not work, and so are the next until it may be tried again", async () => {
    const code = "import os\nos.register_at_fork(after_in_child=lambda: os._exit(1))\n";
    await writeFile(join(modules, "sitecustomize.py"), code);
    const warnings: KernelError[] = [];
    const onWarning = (warning: KernelError): unknown => warnings.push(warning);
    await using pool = createKernelPool({ clock: createManualClock(), onWarning, maxSpareKernels: 0 });
    for (let count = 0; count < 2; count += 1) {
      await using kernel = await pool.acquire({ ...options, env: { ...process.env, PYTHONPATH: modules } });
      expect(await evaluate(kernel, "1 + 1")).toBe(2);
    }
    expect(pool.stats()).toMatchObject({ forkServers: 0, acquired: { forked: 0, cold: 2 } });
    expect(warnings).toMatchObject([
      { code: "FORKED_KERNEL_FAILED", cause: { code: "KERNEL_START_FAILED", details: { exitCode: 1 } } },
    ]);
  });

  it("reports what is wrong with an environment as a cold start does", async () => {
    const env = { ...process.env, PYTHONPATH: await mkdtemp(join(modules, "broken-")) };
    await writeFile(join(env.PYTHONPATH, "ipykernel.py"), "raise RuntimeError('broken')\n");
    const warnings: KernelError[] = [];
    await using pool = createKernelPool({ onWarning: (warning) => warnings.push(warning) });
    await expect(pool.acquire({ ...options, env })).rejects.toMatchObject({
      code: "KERNEL_START_FAILED",
      message: expect.stringContaining("RuntimeError: broken"),
    });
    expect(warnings).toMatchObject([
      { code: "FORK_SERVER_FAILED", message: expect.stringContaining("RuntimeError: broken") },
    ]);
  });

  it("is cold when forking is turned off", async () => {
    await using pool = createKernelPool({ maxForkServers: 0 });
    await using kernel = await pool.acquire(options);
    expect(await evaluate(kernel, "1 + 1")).toBe(2);
    expect(pool.stats()).toMatchObject({ forkServers: 0, acquired: { cold: 1 } });
  });
});
