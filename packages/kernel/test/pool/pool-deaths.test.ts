import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createKernelPool } from "../../src/index.ts";
import type { KernelError, StartKernelOptions } from "../../src/index.ts";
import { createManualClock } from "../../testing/manual-clock.ts";
import { descendants, isAlive } from "./processes.ts";
import { evaluate, pythonKernelspec } from "./python-kernel.ts";

const options: StartKernelOptions = { kernelspec: await pythonKernelspec(), cwd: tmpdir(), env: process.env };

describe("the death of a forked kernel", () => {
  it("is known at once, and touches no other", async () => {
    await using pool = createKernelPool({ maxSpareKernels: 0 });
    await using victim = await pool.acquire(options);
    await using other = await pool.acquire(options);
    const execution = victim.execute("import time; time.sleep(600)");
    process.kill(victim.pid, "SIGKILL");
    expect(await victim.died).toEqual({ exitCode: null, signal: "SIGKILL", reason: "exited" });
    await expect(execution.reply).rejects.toMatchObject({ code: "KERNEL_DIED" });
    expect(await evaluate(other, "1 + 1")).toBe(2);
    expect(pool.stats().forkedKernels).toBe(1);
  });

  it("is known when its fork server has stopped working", async () => {
    const clock = createManualClock();
    await using pool = createKernelPool({ clock });
    await using kernel = await pool.acquire(options);
    const server = Number(await evaluate(kernel, "__import__('os').getppid()"));
    process.kill(server, "SIGSTOP");
    process.kill(kernel.pid, "SIGKILL");
    // The kernel's outputs end, so the server is asked, and does not answer.
    await expect.poll(() => (clock.advance(60_000), isAlive(server))).toBe(false);
    expect(await kernel.died).toMatchObject({ signal: "SIGKILL" });
  });
});

describe("the death of a fork server", () => {
  it("ends its kernels and says so, and the next are started cold until it may be tried again", async () => {
    const clock = createManualClock();
    const warnings: KernelError[] = [];
    const onWarning = (warning: KernelError): unknown => warnings.push(warning);
    await using pool = createKernelPool({ clock, onWarning, maxSpareKernels: 0 });
    await using kernel = await pool.acquire(options);
    const server = Number(await evaluate(kernel, "__import__('os').getppid()"));
    const execution = kernel.execute("import time; time.sleep(600)");
    process.kill(server, "SIGKILL");
    expect(await kernel.died).toEqual({ exitCode: null, signal: "SIGKILL", reason: "fork-server" });
    await expect(execution.reply).rejects.toMatchObject({ code: "KERNEL_DIED" });
    await expect.poll(() => isAlive(kernel.pid)).toBe(false);
    expect(warnings).toMatchObject([{ code: "FORK_SERVER_FAILED", details: { pid: server, retryMs: 1000 } }]);

    await using cold = await pool.acquire(options);
    expect(await evaluate(cold, "1 + 1")).toBe(2);
    expect(pool.stats()).toMatchObject({ forkServers: 0, acquired: { forked: 1, cold: 1 } });

    clock.advance(1_000);
    await using forked = await pool.acquire(options);
    expect(await evaluate(forked, "1 + 1")).toBe(2);
    expect(pool.stats()).toMatchObject({ forkServers: 1, acquired: { forked: 2, cold: 1 } });
  });

  it("lets a kernel that is restarted go on from a cold start", async () => {
    const clock = createManualClock();
    await using pool = createKernelPool({ clock });
    await using kernel = await pool.acquire(options);
    process.kill(Number(await evaluate(kernel, "__import__('os').getppid()")), "SIGKILL");
    await kernel.died;
    await kernel.restart();
    expect(await evaluate(kernel, "__import__('os').getppid()")).toBe(process.pid);
  });
});

describe("the end of a pool", () => {
  it("leaves no process", async () => {
    const before = descendants();
    {
      await using pool = createKernelPool();
      await pool.prepare(options);
      await using kernel = await pool.acquire(options);
      await evaluate(kernel, "__import__('subprocess').Popen(['sleep', '600'], start_new_session=True).pid");
    }
    expect(descendants().filter((pid) => !before.includes(pid))).toEqual([]);
  });

  it("ends a forked kernel that is still in use, which says so", async () => {
    const pool = createKernelPool();
    await using kernel = await pool.acquire(options);
    await pool[Symbol.asyncDispose]();
    expect(await kernel.died).toMatchObject({ reason: "fork-server" });
    await expect(pool.acquire(options)).rejects.toMatchObject({ code: "KERNEL_POOL_CLOSED" });
  });

  it("does not wait for a fork server that is being started", async () => {
    const before = descendants();
    const warnings: KernelError[] = [];
    const pool = createKernelPool({ onWarning: (warning) => warnings.push(warning) });
    const abort = new AbortController();
    const start = pool.acquire({ ...options, signal: abort.signal });
    abort.abort();
    await expect(start).rejects.toMatchObject({ code: "KERNEL_START_ABORTED" });
    await pool[Symbol.asyncDispose]();
    expect(descendants().filter((pid) => !before.includes(pid))).toEqual([]);
    expect(warnings).toEqual([]);
  });
});

describe("the death of a pool's owner", () => {
  it("leaves no process and no file, whatever its kernels have forked", async () => {
    const directory = await mkdtemp(join(tmpdir(), "hold-"));
    const path = join(directory, "socket");
    const held: Socket[] = [];
    const server = createServer((socket) => held.push(socket.resume())).listen(path);
    const script = fileURLToPath(new URL("pool-owner.ts", import.meta.url));
    const owner = spawn(process.execPath, ["--conditions=@notemill/source", script, path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const failed = once(owner, "exit").then(([code]) => {
      throw new Error(`the owner ended with exit code ${code}`);
    });
    const [output] = (await Promise.race([once(owner.stdout, "data"), failed])) as [Buffer];
    failed.catch(() => {});
    const { files } = JSON.parse(output.toString()) as { files: string[] };
    await expect.poll(() => held.length).toBe(4);
    const processes = descendants(owner.pid);
    expect(processes.length).toBeGreaterThan(6);

    const ends = held.map((socket) => once(socket, "close"));
    owner.kill("SIGKILL");
    await Promise.all(ends);
    await expect.poll(() => processes.filter(isAlive)).toEqual([]);
    expect(files.filter((file) => existsSync(file))).toEqual([]);
    server.close();
    await rm(directory, { recursive: true });
  });
});
