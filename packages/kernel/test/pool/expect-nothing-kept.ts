import { readdirSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { createKernelPool } from "../../src/index.ts";
import { ownMemory } from "../host/process-table.ts";
import { descendants } from "./processes.ts";
import { evaluate, pythonKernelspec } from "./python-kernel.ts";

/** What a fork server may keep of a kernel, in bytes: less than anything that a kernel is made of. */
const KEPT_BYTES = 20 << 10;

/** Acquires that many pairs of kernels of one fork server, and looks for what is left of them. */
export async function expectNothingKept(pairs: number): Promise<void> {
  const runtimeDir = await mkdtemp(join(tmpdir(), "r-"));
  const options = { kernelspec: await pythonKernelspec(), cwd: tmpdir(), env: process.env, runtimeDir };
  const usePool = async (): Promise<void> => {
    await using pool = createKernelPool({ runtimeDir });
    await using _kernel = await pool.acquire(options);
  };
  // What the libraries below open once stays open.
  await usePool();
  const before = { processes: descendants(), descriptors: readdirSync("/proc/self/fd").length };
  {
    await using pool = createKernelPool({ maxSpareKernels: 0, runtimeDir });
    let server = 0;
    const held = async () => ({
      processes: descendants(),
      descriptors: readdirSync("/proc/self/fd").length,
      descriptorsOfServer: readdirSync(`/proc/${server}/fd`).length,
      directories: await readdir(runtimeDir),
    });
    const use = async (): Promise<void> => {
      await using kernel = await pool.acquire(options);
      server = Number(await evaluate(kernel, "__import__('os').getppid()"));
    };
    // What the libraries open once for two at a time stays open too.
    await Promise.all([use(), use()]);
    const afterTwo = await held();
    // What is its own, and not its share of the libraries, which grows when anybody else who uses them ends.
    const memory = ownMemory(server);
    // Two at a time, as nothing of one may depend on the other being there.
    for (let count = 0; count < pairs; count += 1) await Promise.all([use(), use()]);
    // What another file of tests has left in this process may come and go meanwhile.
    await expect.poll(async () => (await held()).descriptors).toBeLessThanOrEqual(afterTwo.descriptors);
    const afterAll = await held();
    expect(afterAll.processes.filter((pid) => !afterTwo.processes.includes(pid))).toEqual([]);
    expect(afterAll.descriptorsOfServer).toBeLessThanOrEqual(afterTwo.descriptorsOfServer);
    expect(afterAll.directories).toEqual(afterTwo.directories);
    expect(pool.stats()).toMatchObject({
      forkServers: 1,
      forkedKernels: 0,
      acquired: { forked: 2 + 2 * pairs },
    });
    expect(ownMemory(server) - memory).toBeLessThan(2 * pairs * KEPT_BYTES);
  }
  expect(descendants().filter((pid) => !before.processes.includes(pid))).toEqual([]);
  expect(readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before.descriptors);
  expect(await readdir(runtimeDir)).toEqual([]);
  await rm(runtimeDir, { recursive: true });
}
