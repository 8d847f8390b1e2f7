import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { attachKernel, listKernelHosts, stopKernelHost, sweepKernelHosts } from "../../src/index.ts";
import type { DriverReport } from "./driver-process.ts";
import { startDriver } from "./driver-process.ts";
import type { HostBed } from "./host-bed.ts";
import { makeHostBed, untilGone } from "./host-bed.ts";
import { isAlive } from "./process-table.ts";
import { countingCode, endlessCountingCode, numbersIn, numbersOf, printed, range } from "./read-lines.ts";
import { untilEqual } from "./until-equal.ts";

const COUNT = 3_000;

let bed: HostBed;

beforeEach(async () => {
  bed = await makeHostBed();
});

afterEach(() => bed.close());

describe("kill -9 of the driver", () => {
  it("ends a kernel without a lease at once, with its children and its files", async () => {
    const code = `import subprocess; subprocess.Popen(["setsid", "sleep", "600"])\n${countingCode(COUNT)}`;
    const { reports, kill } = startDriver({ options: await bed.options(), code });
    for await (const report of reports) if (report.event === "saw") kill();
    await bed.untilEmpty();
  });

  it.each([moment()])(
    "leaves a kernel with a lease, and every line once: after %d messages",
    async (moment) => {
      const options = { ...(await bed.options()), keepLeaseMs: 600_000 };
      const { reports, kill } = startDriver({ options, code: countingCode(COUNT) });
      const seen = await killAfter(reports, moment, kill);

      await using kernel = await attachKernel(seen.hostDir, { fromSequence: seen.sequence + 1 });
      const heard: number[] = [];
      kernel.onIopub((message) => void heard.push(...numbersIn(message)));
      const rest = await numbersOf(kernel.resumeExecution(seen.msgId, { fromSequence: seen.sequence + 1 }));
      expect([...seen.numbers, ...rest]).toEqual(range(1, COUNT));
      expect(heard).toEqual(rest);
      expect(await numbersOf(kernel.resumeExecution(seen.msgId))).toEqual(range(1, COUNT));
      expect(bed.warnings).toEqual([]);
    },
  );

  it("ends a kernel with its lease when nobody comes", async () => {
    const options = { ...(await bed.options()), keepLeaseMs: 100 };
    const { reports, kill } = startDriver({ options, code: "import time; time.sleep(600)" });
    for await (const report of reports) if (report.event === "executing") kill();
    await bed.untilEmpty();
  });

  it("while the kernel starts ends that too", async () => {
    const options = await bed.options();
    const kernelspec = { ...options.kernelspec, argv: ["/bin/sh", "-c", "sleep 600"] };
    const { child, kill } = startDriver({ options: { ...options, kernelspec }, code: "" });
    await untilEqual(() => bed.processes().length > 1, true);
    kill();
    expect(child.killed).toBe(true);
    await bed.untilEmpty();
  });
});

describe("kill -9 of the kernel", () => {
  it.each([moment()])("is told after its last words: after %d messages", async (moment) => {
    await using kernel = await bed.start();
    const execution = kernel.execute(endlessCountingCode(COUNT));
    const numbers: number[] = [];
    let isKilled = false;
    const failure = await (async () => {
      for await (const message of execution) {
        numbers.push(...numbersIn(message));
        if (numbers.length >= moment && !isKilled) isKilled = process.kill(kernel.pid, "SIGKILL");
      }
      return null;
    })().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "KERNEL_DIED", details: { signal: "SIGKILL" } });
    expect(numbers).toEqual(range(1, numbers.length));
    expect(await kernel.died).toEqual({ exitCode: null, signal: "SIGKILL", reason: "exited" });
    await expect(kernel.execute("1").reply).rejects.toMatchObject({ code: "KERNEL_DIED" });
    await kernel.restart();
    expect(await printed(kernel.execute("print(1)"))).toBe("1\n");
  });

  it("is told to a driver that comes later, after what the kernel said", async () => {
    const first = await bed.start({ keepLeaseMs: 600_000 });
    const permission = join(first.hostDir, "you-may-go");
    const last = first.execute(`
import os, time
print("last words", flush=True)
while not os.path.exists(${JSON.stringify(permission)}): time.sleep(0.01)
os._exit(7)`);
    for await (const message of last) if (message.type === "stream") break;
    await first.release();
    await writeFile(permission, "");
    await untilGone(first.pid);

    await using second = await attachKernel(first.hostDir);
    const resumed = second.resumeExecution(last.msgId);
    const texts: string[] = [];
    const failure = await (async () => {
      for await (const message of resumed) if (message.type === "stream") texts.push(message.content.text);
      return null;
    })().catch((error: unknown) => error);
    expect(texts.join("")).toBe("last words\n");
    expect(failure).toMatchObject({ code: "KERNEL_DIED", details: { exitCode: 7 } });
    expect(await second.died).toMatchObject({ exitCode: 7, signal: null });
    expect(await listKernelHosts({ runtimeDir: bed.runtimeDir })).toMatchObject([
      { status: "dead", death: { exitCode: 7 } },
    ]);
  });

  it("without anybody there ends the host with the lease", async () => {
    const kernel = await bed.start({ keepLeaseMs: 300 });
    kernel.execute("import os; os._exit(7)");
    await kernel.release();
    await bed.untilEmpty();
  });
});

describe("kill -9 of the host", () => {
  it.each([moment()])(
    "fails everything with a code and ends every process: after %d messages",
    async (moment) => {
      const kernel = await bed.start({ keepLeaseMs: 600_000 });
      await kernel.execute(`import subprocess; subprocess.Popen(["setsid", "sleep", "600"])`).reply;
      const execution = kernel.execute(endlessCountingCode(COUNT));
      const question = kernel.kernelInfo();
      const numbers: number[] = [];
      let isKilled = false;
      const failure = await (async () => {
        for await (const message of execution) {
          numbers.push(...numbersIn(message));
          if (numbers.length >= moment && !isKilled) isKilled = process.kill(kernel.hostPid, "SIGKILL");
        }
        return null;
      })().catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "KERNEL_HOST_DIED", details: { hostId: kernel.hostId } });
      await expect(question).rejects.toMatchObject({ code: "KERNEL_HOST_DIED" });
      await expect(kernel.interrupt()).rejects.toMatchObject({ code: "KERNEL_HOST_DIED" });
      expect(await kernel.died).toMatchObject({ reason: "host" });
      expect(numbers).toEqual(range(1, numbers.length));
      await bed.untilEmpty();
      await kernel.shutdown();
    },
  );

  it("with nobody attached ends the kernel, and what is left is told and cleared away", async () => {
    const kernel = await bed.start({ keepLeaseMs: 600_000 });
    await kernel.release();
    process.kill(kernel.hostPid, "SIGKILL");
    await untilGone(kernel.pid);
    const { runtimeDir } = bed;
    expect(await listKernelHosts({ runtimeDir })).toMatchObject([
      { hostId: kernel.hostId, hostPid: kernel.hostPid, kernelName: "python3", status: "stale", pid: null },
    ]);
    await expect(attachKernel(kernel.hostDir)).rejects.toMatchObject({ code: "KERNEL_HOST_DIED" });
    await stopKernelHost(kernel.hostId, { runtimeDir });
    expect(await readdir(runtimeDir)).toEqual([]);
  });

  it("is swept up after by the next host, which touches no other", async () => {
    const dead = await bed.start({ keepLeaseMs: 600_000 });
    await dead.release();
    process.kill(dead.hostPid, "SIGKILL");
    await untilGone(dead.pid);
    const alive = await bed.start({ keepLeaseMs: 600_000 });
    await using next = await bed.start();
    await untilEqual(async () => (await readdir(bed.runtimeDir)).length, 2);
    await sweepKernelHosts({ runtimeDir: bed.runtimeDir });
    expect(await printed(alive.execute("print(1)"))).toBe("1\n");
    expect(await printed(next.execute("print(2)"))).toBe("2\n");
    await alive.shutdown();
  });

  it("and of the driver together leaves no process", async () => {
    const options = { ...(await bed.options()), keepLeaseMs: 600_000 };
    const { reports, kill } = startDriver({ options, code: countingCode(COUNT) });
    let hostPid = 0;
    for await (const report of reports) {
      if (report.event === "started") ({ hostPid } = report);
      if (report.event !== "saw" || !isAlive(hostPid)) continue;
      process.kill(hostPid, "SIGKILL");
      kill();
    }
    await untilEqual(bed.processes, []);
    await sweepKernelHosts({ runtimeDir: bed.runtimeDir });
  });
});

describe("SIGTERM to the host", () => {
  it("ends the kernel, clears up and tells the driver", async () => {
    const kernel = await bed.start({ keepLeaseMs: 600_000 });
    const running = kernel.execute("import time; time.sleep(600)");
    process.kill(kernel.hostPid, "SIGTERM");
    await expect(running.reply).rejects.toMatchObject({
      code: "KERNEL_HOST_DIED",
      details: { reason: "terminated" },
    });
    await bed.untilEmpty();
  });
});

/** A moment at which to kill, a new one each time; the soak tries very many. */
function moment(): number {
  return 1 + Math.floor(Math.random() * COUNT * 0.8);
}

interface Seen {
  readonly hostDir: string;
  readonly msgId: string;
  /** The last record that the driver has dealt with. */
  readonly sequence: number;
  readonly numbers: readonly number[];
}

/** Kills a driver when it has reported this many numbers; it may get further before it is dead. */
async function killAfter(
  reports: AsyncIterable<DriverReport>,
  count: number,
  kill: () => void,
): Promise<Seen> {
  let [hostDir, msgId, sequence] = ["", "", 0];
  const numbers: number[] = [];
  for await (const report of reports) {
    if (report.event === "started") ({ hostDir } = report);
    if (report.event === "executing") ({ msgId } = report);
    if (report.event !== "saw") continue;
    ({ sequence } = report);
    numbers.push(...report.numbers);
    if (numbers.length >= count) kill();
  }
  return { hostDir, msgId, sequence, numbers };
}
