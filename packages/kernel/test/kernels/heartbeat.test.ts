import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startKernel } from "../../src/index.ts";
import { makeKernelBed, testKernelspec } from "../../testing/kernel-bed.ts";
import type { KernelBed } from "../../testing/kernel-bed.ts";
import { python } from "../../testing/kernel-language.ts";
import { readAll } from "../../testing/run-cell.ts";

let bed: KernelBed;
beforeEach(() => {
  bed = makeKernelBed();
});
afterEach(() => {
  const remains = bed.remains();
  bed.remove();
  expect(remains).toEqual([]);
});

describe("a kernel's heartbeat", () => {
  it("shows that it is frozen", async () => {
    const options = bed.options(await testKernelspec("python3"));
    await using kernel = await startKernel({ ...options, heartbeat: { intervalMs: 20, maxMissed: 10 } });
    const execution = kernel.execute(python.print("never"));
    process.kill(kernel.pid, "SIGSTOP");
    expect(await kernel.died).toEqual({ exitCode: null, signal: "SIGKILL", reason: "heartbeat" });
    expect((await readAll(execution)).error).toMatchObject({
      code: "KERNEL_DIED",
      details: { reason: "heartbeat" },
    });
  });

  it("goes on while code holds the interpreter", async () => {
    const options = bed.options(await testKernelspec("python3"));
    await using kernel = await startKernel({ ...options, heartbeat: { intervalMs: 100, maxMissed: 30 } });
    // A call that lets no other thread of Python run for longer than beats may be missed.
    const { printed, error } = await readAll(
      kernel.execute("import ctypes; print(ctypes.PyDLL(None).sleep(4))"),
    );
    expect({ printed, error }).toEqual({ printed: "0\n", error: null });
  });

  it("is not asked for where it would not be given, or where nobody wants it", async () => {
    const options = bed.options(await testKernelspec("python3"));
    await using kernel = await startKernel({ ...options, heartbeat: "off" });
    process.kill(kernel.pid, "SIGSTOP");
    process.kill(kernel.pid, "SIGCONT");
    expect((await readAll(kernel.execute(python.print("on")))).printed).toBe("on\n");
  });
});
