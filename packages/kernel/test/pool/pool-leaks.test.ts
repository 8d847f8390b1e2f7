import { readdirSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createKernelPool } from "../../src/index.ts";
import { memoryOf } from "../../src/pool/kernel-memory.ts";
import { descendants } from "./processes.ts";
import { evaluate, pythonKernelspec } from "./python-kernel.ts";

it("keeps nothing of a hundred kernels", async () => {
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
    const held = async (): Promise<unknown> => ({
      processes: descendants(),
      descriptors: readdirSync("/proc/self/fd").length,
      descriptorsOfServer: readdirSync(`/proc/${server}/fd`).length,
      directories: await readdir(runtimeDir),
    });
    const use = async (): Promise<void> => {
      await using kernel = await pool.acquire(options);
      server = Number(await evaluate(kernel, "__import__('os').getppid()"));
    };
    await use();
    const afterOne = await held();
    const memory = await memoryOf([server]);
    // Two at a time, as nothing of one may depend on the other being there.
    for (let count = 0; count < 50; count += 1) await Promise.all([use(), use()]);
    expect(await held()).toEqual(afterOne);
    expect(pool.stats()).toMatchObject({ forkServers: 1, forkedKernels: 0, acquired: { forked: 101 } });
    // The pages that kernels shared with it are its own again, so it is compared after one of them.
    expect((await memoryOf([server])) - memory).toBeLessThan(4 * 1024 ** 2);
  }
  expect({ processes: descendants(), descriptors: readdirSync("/proc/self/fd").length }).toEqual(before);
  expect(await readdir(runtimeDir)).toEqual([]);
  await rm(runtimeDir, { recursive: true });
});
