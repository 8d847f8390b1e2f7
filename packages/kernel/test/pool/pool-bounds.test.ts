import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createKernelPool } from "../../src/index.ts";
import type { Kernel, StartKernelOptions } from "../../src/index.ts";
import { createManualClock } from "../../testing/manual-clock.ts";
import { evaluate, pythonKernelspec } from "./python-kernel.ts";

const options: StartKernelOptions = { kernelspec: await pythonKernelspec(), cwd: tmpdir(), env: process.env };

/** Options that need a fork server of their own. */
function withThreads(count: number): StartKernelOptions {
  return { ...options, env: { ...process.env, OMP_NUM_THREADS: `${count}` } };
}

function serverOf(kernel: Kernel): Promise<unknown> {
  return evaluate(kernel, "__import__('os').getppid()");
}

describe("a fork server", () => {
  it("ends when it has been unused for long, but never under its kernels", async () => {
    const clock = createManualClock();
    await using pool = createKernelPool({ clock, maxIdleMs: 1_000, maxAgeMs: 1e9 });
    await using kernel = await pool.acquire(options);
    clock.advance(5_000);
    expect(pool.stats()).toMatchObject({ forkServers: 1, forkedKernels: 1 });
    await kernel.shutdown({ mode: "immediate" });
    clock.advance(999);
    expect(pool.stats().forkServers).toBe(1);
    clock.advance(1);
    expect(pool.stats().forkServers).toBe(0);
  });

  it("is replaced when it is old, and ends with the last of its kernels", async () => {
    const clock = createManualClock();
    await using pool = createKernelPool({ clock, maxAgeMs: 1_000, maxSpareKernels: 0 });
    await using old = await pool.acquire(options);
    clock.advance(1_001);
    await using young = await pool.acquire(options);
    expect(await serverOf(young)).not.toBe(await serverOf(old));
    expect(pool.stats()).toMatchObject({ forkServers: 2, forkedKernels: 2 });
    await old.shutdown({ mode: "immediate" });
    expect(pool.stats()).toMatchObject({ forkServers: 1, forkedKernels: 1 });
  });

  it("is replaced when a package was installed", async () => {
    const site = await mkdtemp(join(tmpdir(), "site-"));
    await writeFile(join(site, "sitecustomize.py"), "");
    const env = { ...process.env, PYTHONPATH: site, PYTHONDONTWRITEBYTECODE: "1" };
    await using pool = createKernelPool({ maxSpareKernels: 0 });
    await using first = await pool.acquire({ ...options, env });
    await using second = await pool.acquire({ ...options, env });
    expect(await serverOf(second)).toBe(await serverOf(first));
    await writeFile(join(site, "newly_installed.py"), "");
    await using third = await pool.acquire({ ...options, env });
    expect(await serverOf(third)).not.toBe(await serverOf(first));
    await rm(site, { recursive: true });
  });

  it("gives way to another when it was unused longest", async () => {
    const clock = createManualClock();
    await using pool = createKernelPool({ clock, maxForkServers: 2, maxSpareKernels: 0 });
    const servers: unknown[] = [];
    for (const count of [1, 2, 1, 3, 1]) {
      clock.advance(1);
      await using kernel = await pool.acquire(withThreads(count));
      servers.push(await serverOf(kernel));
    }
    expect(servers[2]).toBe(servers[0]);
    expect(servers[4]).toBe(servers[0]);
    expect(pool.stats()).toMatchObject({ forkServers: 2, acquired: { forked: 5, cold: 0 } });
  });
});
