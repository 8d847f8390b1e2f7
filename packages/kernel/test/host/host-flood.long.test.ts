import { expect, it } from "vitest";
import { floodCode } from "./flood-code.ts";
import { makeHostBed } from "./host-bed.ts";
import { ownMemory } from "./process-table.ts";

const MEBIBYTE = 1 << 20;

it("a flood of output passes through a host and a slow driver whole, and fills neither memory", async () => {
  await using disposed = new AsyncDisposableStack();
  const bed = disposed.adopt(await makeHostBed(), (it) => it.close());
  await using kernel = await bed.start();
  const before = process.memoryUsage();
  const peak = { host: 0, driver: 0 };
  let length = 0;
  for await (const message of kernel.execute(floodCode(256))) {
    if (message.type !== "stream") continue;
    length += message.content.text.length;
    peak.host = Math.max(peak.host, ownMemory(kernel.hostPid));
    const { heapUsed, external } = process.memoryUsage();
    peak.driver = Math.max(peak.driver, heapUsed + external - before.heapUsed - before.external);
    // Other work of the driver, so that the kernel is faster than it.
    await yieldTo(20);
  }
  expect(length).toBe(256 * MEBIBYTE);
  expect(bed.warnings).toEqual([]);
  expect(peak.host).toBeLessThan(200 * MEBIBYTE);
  expect(peak.driver).toBeLessThan(200 * MEBIBYTE);
});

/** Lets the event loop turn this many times. */
async function yieldTo(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => void setImmediate(resolve));
}
