import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startKernel } from "../../src/index.ts";
import type { Kernel } from "../../src/index.ts";
import { makeKernelBed, testKernelspec } from "../../testing/kernel-bed.ts";
import type { KernelBed } from "../../testing/kernel-bed.ts";
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

async function start(): Promise<Kernel> {
  return startKernel(bed.options(await testKernelspec("python3")));
}

describe("a Python kernel with much to say at once", () => {
  it("takes in what was printed in one message of 300 MB", async () => {
    await using kernel = await start();
    let length = 0;
    const { error } = await readAll(kernel.execute("print('x' * 300_000_000)"), (message) => {
      // A busy ipykernel says on stderr that its own flush timed out.
      const isPrinted = message.type === "stream" && message.content.name === "stdout";
      if (isPrinted) length += message.content.text.length;
    });
    expect({ error, length }).toEqual({ error: null, length: 300_000_001 });
  });

  it("says that a display was too large to be read", async () => {
    await using kernel = await start();
    const code = "display({'text/plain': 'x' * 300_000_000}, raw=True)";
    const { error } = await readAll(kernel.execute(code));
    expect(error).toMatchObject({ code: "EXECUTION_OUTPUT_LOST", details: { reason: "unreadable" } });
    expect((await readAll(kernel.execute("print('after')"))).printed).toBe("after\n");
  });
});
