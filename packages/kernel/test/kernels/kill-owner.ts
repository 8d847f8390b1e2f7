import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, watch } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { isAlive, testKernelspec } from "../../testing/kernel-bed.ts";
import type { KernelBed } from "../../testing/kernel-bed.ts";

/** Kills the owner of a kernel, and waits until the kernel and all that it started are gone with their files. */
export async function killOwner(bed: KernelBed, kernelspec: string): Promise<void> {
  const { owner, pids } = await startOwner(bed, kernelspec);
  expect(pids.map(isAlive)).toEqual(pids.map(() => true));
  const empty = untilEmpty(bed.runtimeDir);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  await empty;
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
}

/** Starts the owner of a kernel and gives its process with those that it has started. */
async function startOwner(bed: KernelBed, kernelspec: string) {
  const script = fileURLToPath(new URL("kernel-owner.ts", import.meta.url));
  const args = ["--conditions=@notemill/source", script, kernelspec, bed.runtimeDir];
  const { env } = bed.options(await testKernelspec(kernelspec));
  const owner = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const text of owner.stdout.setEncoding("utf8")) {
    said += String(text);
    const pids = /^ready (.*)\n/m.exec(said)?.[1];
    if (pids !== undefined) return { owner, pids: pids.split(" ").map(Number) };
  }
  throw new Error(`the owner ended: ${said}`);
}

/** Resolves when the runtime directory is empty, which is the last thing that a watchdog brings about. */
async function untilEmpty(directory: string): Promise<void> {
  const watcher = watch(directory);
  while (readdirSync(directory).length > 0) await once(watcher, "change");
  watcher.close();
}
