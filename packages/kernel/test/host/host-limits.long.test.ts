import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { attachKernel } from "../../src/index.ts";
import type { Execution, HostedKernel } from "../../src/index.ts";
import type { HostBed } from "./host-bed.ts";
import { floodCode } from "./flood-code.ts";
import { makeHostBed } from "./host-bed.ts";
import { countingCode, numbersIn, numbersOf, printed, range } from "./read-lines.ts";
import { untilEqual } from "./until-equal.ts";

const MEBIBYTE = 1 << 20;

let bed: HostBed;

beforeEach(async () => {
  bed = await makeHostBed();
});

afterEach(() => bed.close());

describe("a flood of output", () => {
  it("without a driver is kept up to the limit, and then told as lost, and the execution ends", async () => {
    const kernel = await bed.start({
      keepLeaseMs: 600_000,
      spool: { limitBytes: 8 * MEBIBYTE, segmentBytes: MEBIBYTE },
    });
    const flood = kernel.execute(`${floodCode(64)}\nprint("end")`);
    await untilItPrints(flood);
    await kernel.release();
    await untilEqual(() => isIdle(kernel), true);

    await using second = await attachKernel(kernel.hostDir, {
      onWarning: (it) => void bed.warnings.push(it),
    });
    const resumed = second.resumeExecution(flood.msgId);
    const { texts, failure } = await textsOf(resumed);
    expect(await resumed.reply).toMatchObject({ status: "ok" });
    expect(failure).toMatchObject({ code: "EXECUTION_OUTPUT_LOST", details: { reason: "no-room" } });
    expect(texts.join("").length).toBeGreaterThan(4 * MEBIBYTE);
    expect(texts.join("").length).toBeLessThan(10 * MEBIBYTE);
    expect(bed.warnings.map(({ code }) => code)).toContain("KERNEL_OUTPUT_LOST");
    expect(await printed(second.execute("print('on')"))).toBe("on\n");
  });

  it("is dropped from the spool behind a driver that acknowledges", async () => {
    await using kernel = await bed.start({ spool: { segmentBytes: MEBIBYTE } });
    let length = 0;
    for await (const message of kernel.execute(floodCode(64))) {
      if (message.type === "stream") length += message.content.text.length;
      kernel.acknowledge(kernel.sequenceOf(message) ?? 0);
    }
    expect(length).toBe(64 * MEBIBYTE);
    const spool = join(kernel.hostDir, "spool");
    await untilEqual(async () => (await readdir(spool)).length < 4, true);
  });
});

describe("a disk that takes no more", () => {
  // What a file may hold is limited for the host and all its children: a full disk for the spool alone.
  const limited = (kibibytes: number) => async (): Promise<readonly string[]> => {
    const { defaultHostCommand } = await import("../../src/host/host-command.ts");
    return ["/bin/sh", "-c", `ulimit -f ${kibibytes * 2}; exec "$0" "$@"`, ...defaultHostCommand()];
  };

  it("is told to the driver, which goes on and misses nothing", async () => {
    await using kernel = await bed.start({ hostCommand: await limited(64)() });
    expect(await numbersOf(kernel.execute(countingCode(2_000)))).toEqual(range(1, 2_000));
    // It is told when the disk has said so, which may be after the last line.
    await untilEqual(() => bed.warnings.map(({ code }) => code), ["KERNEL_SPOOL_FAILED"]);
    expect(await printed(kernel.execute("print('on')"))).toBe("on\n");
  });

  it("leaves what memory holds to the next driver, and tells what it does not", async () => {
    const kernel = await bed.start({
      hostCommand: await limited(64)(),
      keepLeaseMs: 600_000,
      spool: { memoryBytes: 256 << 10 },
    });
    // Less than memory holds is printed while the first driver is there: what it has read may go for what is new.
    const read = 100;
    const permission = join(kernel.hostDir, "you-may-go");
    const counting = kernel.execute(`import os, time
for i in range(1, 5_001):
    while i > ${read} and not os.path.exists(${JSON.stringify(permission)}): time.sleep(0.01)
    print(i, flush=True)`);
    for await (const message of counting) if (numbersIn(message).includes(read)) break;
    await kernel.release();
    await writeFile(permission, "");
    await untilEqual(() => isIdle(kernel), true);

    await using second = await attachKernel(kernel.hostDir, {
      onWarning: (it) => void bed.warnings.push(it),
    });
    const resumed = second.resumeExecution(counting.msgId);
    const { texts, failure } = await textsOf(resumed);
    const numbers = texts.join("").split("\n").filter(Boolean).map(Number);
    expect(await resumed.reply).toMatchObject({ status: "ok" });
    expect(failure).toMatchObject({ code: "EXECUTION_OUTPUT_LOST", details: { reason: "no-room" } });
    expect(numbers.length).toBeLessThan(5_000);
    expect(numbers.length).toBeGreaterThan(read);
    expect(numbers).toEqual(range(1, numbers.length));
    expect(bed.warnings.map(({ code }) => code)).toContain("KERNEL_OUTPUT_LOST");
  });
});

describe("what iterates over an execution", () => {
  it("may wait in between for what comes behind it", async () => {
    await using kernel = await bed.start();
    const flood = kernel.execute(floodCode(96));
    const first = await firstOf(flood);
    expect(await kernel.execute("'behind'").reply).toMatchObject({ status: "ok" });
    expect(first).toBe("status");
    expect(await flood.reply).toMatchObject({ status: "ok" });
  });
});

/** What an execution printed, and what its iteration ended with. */
async function textsOf(
  execution: Execution,
): Promise<{ readonly texts: readonly string[]; readonly failure: unknown }> {
  const texts: string[] = [];
  try {
    for await (const message of execution) if (message.type === "stream") texts.push(message.content.text);
    return { texts, failure: null };
  } catch (failure) {
    return { texts, failure };
  }
}

async function untilItPrints(execution: Execution): Promise<void> {
  for await (const message of execution) if (message.type === "stream") return;
}

async function firstOf(execution: Execution): Promise<string | undefined> {
  const messages = execution[Symbol.asyncIterator]();
  const first = await messages.next();
  return first.done ? undefined : first.value.type;
}

async function isIdle({ hostId }: HostedKernel): Promise<boolean> {
  const { listKernelHosts } = await import("../../src/index.ts");
  const hosts = await listKernelHosts({ runtimeDir: bed.runtimeDir });
  return hosts.some((host) => host.hostId === hostId && host.status === "idle");
}
