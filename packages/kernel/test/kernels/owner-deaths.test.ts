import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, watch } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startKernel } from "../../src/index.ts";
import { isAlive, makeKernelBed, parentOf, processesWith, testKernelspec } from "../../testing/kernel-bed.ts";
import type { KernelBed } from "../../testing/kernel-bed.ts";
import { python } from "../../testing/kernel-language.ts";
import { readAll } from "../../testing/run-cell.ts";

let bed: KernelBed;
beforeEach(() => {
  bed = makeKernelBed();
});
afterEach(async () => {
  // A process that was killed may still be giving its memory back.
  await expect.poll(() => bed.remains()).toEqual([]);
  bed.remove();
});

/** Starts the owner of a kernel and gives its process with those that it has started. */
async function startOwner(kernelspec: string) {
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

describe("a kernel whose owner is killed", () => {
  it.each(["python3", "bash", "ir", "deno"])("ends with all its children at once (%s)", async (name) => {
    const { owner, pids } = await startOwner(name);
    expect(pids.map(isAlive)).toEqual(pids.map(() => true));
    const empty = untilEmpty(bed.runtimeDir);
    owner.kill("SIGKILL");
    await once(owner, "exit");
    await empty;
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });
});

/** The watchdogs of this process. */
function watchdogs(): readonly number[] {
  return processesWith("", "notemill-watchdog")
    .map((line) => Number(line.split(" ")[0]))
    .filter((pid) => parentOf(pid) === process.pid);
}

describe("a kernel whose watchdog", () => {
  it("is killed ends too, and so do its children, and can be restarted", async () => {
    await using kernel = await startKernel(bed.options(await testKernelspec("python3")));
    const [watchdog = 0, ...others] = watchdogs();
    expect(others).toEqual([]);
    const { printed } = await readAll(kernel.execute(python.startDaemon ?? ""));
    process.kill(watchdog, "SIGKILL");
    expect(await kernel.died).toEqual({ exitCode: null, signal: "SIGKILL", reason: "watchdog" });
    await kernel.restart();
    expect(isAlive(Number(printed))).toBe(false);
    expect((await readAll(kernel.execute(python.print("again")))).printed).toBe("again\n");
  });

  it("is stopped can be shut down all the same", async () => {
    await using kernel = await startKernel(bed.options(await testKernelspec("python3")));
    for (const pid of watchdogs()) process.kill(pid, "SIGSTOP");
    await kernel.shutdown();
    expect(isAlive(kernel.pid)).toBe(false);
  });
});
