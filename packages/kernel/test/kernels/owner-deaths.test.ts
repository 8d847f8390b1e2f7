import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startKernel } from "../../src/index.ts";
import { isAlive, makeKernelBed, parentOf, processesWith, testKernelspec } from "../../testing/kernel-bed.ts";
import type { KernelBed } from "../../testing/kernel-bed.ts";
import { python } from "../../testing/kernel-language.ts";
import { readAll } from "../../testing/run-cell.ts";
import { killOwner } from "./kill-owner.ts";

let bed: KernelBed;
beforeEach(async () => {
  // Those of the tests before, in the same process, may still be at work.
  await expect.poll(watchdogs).toEqual([]);
  bed = makeKernelBed();
});
afterEach(async () => {
  // A process that was killed may still be giving its memory back.
  await expect.poll(() => bed.remains()).toEqual([]);
  bed.remove();
});

describe("a kernel whose owner is killed", () => {
  it.each(["python3", "deno"])("ends with all its children at once (%s)", (name) => killOwner(bed, name));
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
