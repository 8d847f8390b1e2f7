import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HostedKernel, KernelError } from "../../src/index.ts";
import { attachKernel, listKernelHosts, startHostedKernel, stopKernelHost } from "../../src/index.ts";
import { floodCode } from "./flood-code.ts";
import type { HostBed } from "./host-bed.ts";
import { makeHostBed } from "./host-bed.ts";
import { countingCode, numbersIn, numbersOf, printed, range } from "./read-lines.ts";
import { untilEqual } from "./until-equal.ts";

let bed: HostBed;

beforeEach(async () => {
  bed = await makeHostBed();
});

afterEach(() => bed.close());

describe("a hosted kernel", () => {
  let place: HostBed;
  /** One for all tests but the last, as none of them harms it. */
  let kernel: HostedKernel;
  const written = Promise.withResolvers<string>();
  beforeAll(async () => {
    place = await makeHostBed();
    let all = "";
    kernel = await place.start({
      onProcessOutput(stream, text) {
        all += stream + text;
        if (all.includes("by itself")) written.resolve(all);
      },
    });
  });
  afterAll(async () => {
    await kernel.shutdown();
    await place.close();
  });

  it("executes, with a sequence number for every message", async () => {
    const execution = kernel.execute("print(6 * 7)");
    const sequences: number[] = [];
    for await (const message of execution) sequences.push(kernel.sequenceOf(message) ?? 0);
    expect(await execution.reply).toMatchObject({ status: "ok" });
    expect(sequences).toHaveLength(4);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(kernel.lastSequence).toBeGreaterThanOrEqual(sequences.at(-1) ?? 0);
  });

  it("answers questions, and is interrupted", async () => {
    expect((await kernel.complete("impor", 5)).matches).toContain("import");
    expect((await kernel.isComplete("for i in x:")).status).toBe("incomplete");
    const execution = kernel.execute("print('on', flush=True)\nimport time\ntime.sleep(600)");
    for await (const message of execution) if (message.type === "stream") await kernel.interrupt();
    expect(await execution.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  });

  it("is restarted behind the same connection file and the same listeners", async () => {
    const { pid, connectionFile } = kernel;
    const types: string[] = [];
    kernel.onIopub((message) => void types.push(message.type));
    const running = kernel.execute("import time; time.sleep(600)");
    await kernel.restart();
    await expect(running.reply).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
    types.length = 0;
    expect(await printed(kernel.execute("print('x' in globals())"))).toBe("False\n");
    expect(kernel.pid).not.toBe(pid);
    expect(kernel.connectionFile).toBe(connectionFile);
    expect(types).toContain("stream");
  });

  it("asks its driver for input", async () => {
    const execution = kernel.execute("print(input('name? ').upper())", { onInputRequest: () => "ada" });
    expect(await printed(execution)).toBe("ADA\n");
  });

  it("passes on what its process writes by itself", async () => {
    await kernel.execute("import os; os.write(2, b'by itself')").reply;
    expect(await written.promise).toContain("stderrby itself");
  });

  it("loses nothing of what comes in a burst, for which its host has little memory", async () => {
    await using kernel = await bed.start({ spool: { memoryBytes: 1 << 20 } });
    const execution = kernel.execute(floodCode(40));
    let length = 0;
    for await (const message of execution)
      if (message.type === "stream") length += message.content.text.length;
    expect(length).toBe(40 << 20);
    expect(bed.warnings).toEqual([]);
  });

  it("leaves nothing when it is shut down, and closes what waits", async () => {
    const kernel = await bed.start({ keepLeaseMs: 600_000 });
    const running = kernel.execute("import time; time.sleep(600)");
    await kernel.shutdown();
    await expect(running.reply).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
    await expect(kernel.execute("1").reply).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
    expect(await readdir(bed.runtimeDir)).toEqual([]);
    await kernel.shutdown();
  });
});

describe("starting a hosted kernel", () => {
  it("says what a kernel said that did not come up, and leaves nothing", async () => {
    const options = await bed.options();
    const kernelspec = {
      ...options.kernelspec,
      argv: ["/bin/sh", "-c", "echo no such luck >&2; exit 3"],
    };
    await expect(startHostedKernel({ ...options, kernelspec })).rejects.toMatchObject({
      code: "KERNEL_START_FAILED",
      message: expect.stringContaining("no such luck") as unknown,
    });
  });

  it("says what a host said that did not come up, and leaves nothing", async () => {
    const hostCommand = ["/bin/sh", "-c", "echo not today >&2; exit 4"];
    await expect(bed.start({ hostCommand })).rejects.toMatchObject({
      code: "KERNEL_HOST_START_FAILED",
      message: expect.stringMatching(/exit code 4.*not today/) as unknown,
    });
    await expect(bed.start({ hostCommand: ["/no/such/program"] })).rejects.toMatchObject({
      code: "KERNEL_HOST_START_FAILED",
      message: expect.stringContaining("/no/such/program") as unknown,
    });
  });

  it("can be aborted, and leaves nothing", async () => {
    const controller = new AbortController();
    const kernelspec = {
      ...(await bed.options()).kernelspec,
      argv: ["/bin/sh", "-c", "echo on >&2; sleep 600"],
    };
    const started = bed.start({
      kernelspec,
      signal: controller.signal,
      onProcessOutput: () => controller.abort(),
    });
    await expect(started).rejects.toMatchObject({ code: "KERNEL_START_ABORTED" });
    await bed.untilEmpty();
  });

  it.each([-1, 1.5, Number.NaN])("refuses a lease of %d ms", async (keepLeaseMs) => {
    await expect(bed.start({ keepLeaseMs })).rejects.toMatchObject({ code: "KERNEL_LEASE_INVALID" });
  });
});

describe("a kernel that was released", () => {
  it("goes on, and misses nothing when it is attached to again", async () => {
    const first = await bed.start({ keepLeaseMs: 600_000 });
    await first.execute("x = 41").reply;
    const permission = join(first.hostDir, "you-may-end");
    const counting = first.execute(`${countingCode(200)}
import os, time
while not os.path.exists(${JSON.stringify(permission)}): time.sleep(0.01)`);
    const waiting = counting.reply;
    await first.release();
    await expect(waiting).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
    await writeFile(permission, "");

    await using second = await attachKernel(first.hostDir);
    expect(second.fence).toBe(first.fence + 1);
    expect(second.info).toEqual(first.info);
    expect(second.kernelspec).toEqual(first.kernelspec);
    expect(second.pid).toBe(first.pid);
    const resumed = second.resumeExecution(counting.msgId);
    expect(await numbersOf(resumed)).toEqual(range(1, 200));
    expect(await resumed.reply).toMatchObject({ status: "ok" });
    expect(await printed(second.execute("print(x + 1)"))).toBe("42\n");
  });

  it("replays to listeners from the first message that was not acknowledged, or any other", async () => {
    const first = await bed.start({ keepLeaseMs: 600_000 });
    await numbersOf(first.execute("1"));
    await numbersOf(first.execute("2"));
    first.acknowledge(first.lastSequence);
    await numbersOf(first.execute("print(3)"));
    await first.release();

    const second = await attachKernel(first.hostDir);
    expect(await codesHeard(second)).toEqual(["print(3)", "4"]);
    await second.release();
    await using third = await attachKernel(first.hostDir, { fromSequence: 1 });
    expect(await codesHeard(third)).toEqual(["1", "2", "print(3)", "4", "4"]);
  });

  it("replays an execution from a record on, wherever the listeners begin", async () => {
    const first = await bed.start({ keepLeaseMs: 600_000 });
    const counting = first.execute(countingCode(100));
    let sequence = 0;
    for await (const message of counting) {
      if (numbersIn(message).includes(60)) sequence = first.sequenceOf(message) ?? 0;
    }
    await first.release();
    await using second = await attachKernel(first.hostDir);
    const resumed = second.resumeExecution(counting.msgId, { fromSequence: sequence + 1 });
    expect(await numbersOf(resumed)).toEqual(range(61, 100));
  });

  it("says how an execution went however little of it is wanted, and whether that is gone", async () => {
    const first = await bed.start({ keepLeaseMs: 600_000, spool: { segmentBytes: 1 } });
    const over = first.execute("print(1)");
    await numbersOf(over);
    await first.release();
    const second = await attachKernel(first.hostDir);
    const nothing = second.resumeExecution(over.msgId, { fromSequence: 1_000 });
    expect(await numbersOf(nothing)).toEqual([]);
    expect(await nothing.reply).toMatchObject({ status: "ok" });

    const all = second.resumeExecution(over.msgId);
    const again = second.resumeExecution(over.msgId);
    await expect(all.reply).rejects.toMatchObject({ code: "EXECUTION_ABORTED" });
    expect(await numbersOf(again)).toEqual([1]);

    second.acknowledge(second.lastSequence);
    // The newest file of the spool stays, and a new one is begun behind the reader's back.
    await untilEqual(async () => {
      await numbersOf(second.execute("2"));
      const { reply } = second.resumeExecution(over.msgId);
      return reply.then(
        () => "still there",
        (error: KernelError) => error.code,
      );
    }, "EXECUTION_OUTPUT_LOST");
    await second.shutdown();
  });

  it("asks the next driver what the last did not answer", async () => {
    const first = await bed.start({ keepLeaseMs: 600_000 });
    const asked = Promise.withResolvers<void>();
    const asking = first.execute("a = input('a? ')\nb = input('b? ')\nprint(a, b)", {
      onInputRequest: ({ prompt }) => {
        if (prompt === "a? ") return "1";
        asked.resolve();
        return new Promise<string>(() => {});
      },
    });
    await asked.promise;
    await first.release();

    await using second = await attachKernel(first.hostDir);
    const prompts: string[] = [];
    const resumed = second.resumeExecution(asking.msgId, {
      onInputRequest: ({ prompt }) => {
        prompts.push(prompt);
        return "2";
      },
    });
    expect(await printed(resumed)).toBe("1 2\n");
    expect(prompts).toEqual(["b? "]);
  });

  it("tells an execution that never reached it from one that is over", async () => {
    const first = await bed.start({ keepLeaseMs: 600_000 });
    const over = first.execute("print('over')");
    await over.reply;
    await first.release();
    await using second = await attachKernel(first.hostDir);
    expect(second.unfinished).not.toContain("never-sent");
    await expect(second.resumeExecution("never-sent").reply).rejects.toMatchObject({
      code: "EXECUTION_UNKNOWN",
    });
    expect(await printed(second.resumeExecution(over.msgId))).toBe("over\n");
  });

  it("cannot be released without a lease", async () => {
    await using kernel = await bed.start();
    await expect(kernel.release()).rejects.toMatchObject({ code: "KERNEL_LEASE_MISSING" });
    await expect(kernel.keep(-5)).rejects.toMatchObject({ code: "KERNEL_LEASE_INVALID" });
    expect(kernel.lease).toBeNull();
    expect(await printed(kernel.execute("print(1)"))).toBe("1\n");
  });

  it("ends when its lease does", async () => {
    const kernel = await bed.start();
    await kernel.keep(50);
    expect(kernel.lease).toEqual({ keepMs: 50 });
    await kernel.release();
    await bed.untilEmpty();
    await expect(attachKernel(kernel.hostDir)).rejects.toMatchObject({ code: "KERNEL_HOST_NOT_FOUND" });
  });
});

describe("two drivers", () => {
  it("do not drive one kernel", async () => {
    await using first = await bed.start();
    await expect(attachKernel(first.hostDir)).rejects.toMatchObject({
      code: "KERNEL_HOST_ATTACHED",
      message: expect.stringContaining(first.hostId) as unknown,
    });
    expect(await printed(first.execute("print(1)"))).toBe("1\n");
  });

  it("replace each other when the later takes over, and the earlier can change nothing more", async () => {
    const first = await bed.start();
    const running = first.execute(countingCode(2_000));
    await using second = await attachKernel(first.hostDir, { takeOver: true });
    await expect(running.reply).rejects.toMatchObject({ code: "KERNEL_HOST_FENCED" });
    await expect(first.execute("x = 'late'").reply).rejects.toMatchObject({ code: "KERNEL_HOST_FENCED" });
    await first.shutdown();
    expect(await numbersOf(second.resumeExecution(running.msgId))).toEqual(range(1, 2_000));
    expect(await printed(second.execute("print('x' in globals())"))).toBe("False\n");
  });

  it("are told apart by the numbers of their claims", async () => {
    const first = await bed.start({ fence: 7 });
    await expect(attachKernel(first.hostDir, { fence: 6, takeOver: true })).rejects.toMatchObject({
      code: "KERNEL_HOST_FENCED",
      details: { fence: 6, latestFence: 7 },
    });
    await using second = await attachKernel(first.hostDir, { fence: 9 });
    expect(second.fence).toBe(9);
    await expect(first.execute("1").reply).rejects.toMatchObject({ code: "KERNEL_HOST_FENCED" });
  });
});

describe("the list of kernel hosts", () => {
  it("says what each is about, and stops them", async () => {
    const kernel = await bed.start({ keepLeaseMs: 600_000 });
    const { runtimeDir } = bed;
    const busy = kernel.execute("print(1, flush=True)\nimport time; time.sleep(600)");
    for await (const message of busy) if (message.type === "stream") break;
    expect(await listKernelHosts({ runtimeDir })).toMatchObject([
      {
        hostId: kernel.hostId,
        hostPid: kernel.hostPid,
        pid: kernel.pid,
        kernelName: "python3",
        connectionFile: kernel.connectionFile,
        status: "busy",
        isAttached: true,
        keepMs: 600_000,
        leaseUntil: null,
      },
    ]);
    await kernel.release();
    const [host] = await listKernelHosts({ runtimeDir });
    expect(host).toMatchObject({ isAttached: false, leaseUntil: expect.any(Date) as unknown });

    await stopKernelHost(kernel.hostId, { runtimeDir, mode: "immediate" });
    expect(await listKernelHosts({ runtimeDir })).toEqual([]);
    await expect(stopKernelHost(kernel.hostId, { runtimeDir })).rejects.toMatchObject({
      code: "KERNEL_HOST_NOT_FOUND",
    });
  });

  it("is empty where there is no directory", async () => {
    expect(await listKernelHosts({ runtimeDir: `${bed.runtimeDir}/none` })).toEqual([]);
    await expect(stopKernelHost("../etc", { runtimeDir: bed.runtimeDir })).rejects.toMatchObject({
      code: "KERNEL_HOST_NOT_FOUND",
    });
  });

  it("tells a driver that its host was stopped by somebody else", async () => {
    const kernel = await bed.start();
    const running = kernel.execute("import time; time.sleep(600)");
    await stopKernelHost(kernel.hostId, { runtimeDir: bed.runtimeDir, mode: "immediate" });
    await expect(running.reply).rejects.toMatchObject({ code: "KERNEL_HOST_DIED" });
    expect(await kernel.died).toMatchObject({ reason: "host" });
  });
});

/** Executes `4` and gives the code of every execution heard of until it is done. */
async function codesHeard(kernel: Awaited<ReturnType<typeof attachKernel>>): Promise<readonly string[]> {
  const codes: string[] = [];
  const done = Promise.withResolvers<void>();
  let msgId = "";
  kernel.onIopub((message) => {
    if (message.type === "execute_input") codes.push(message.content.code);
    const isIdle = message.type === "status" && message.content.execution_state === "idle";
    if (isIdle && message.parent_header?.msg_id === msgId) done.resolve();
  });
  ({ msgId } = kernel.execute("4"));
  await done.promise;
  return codes;
}
