import assert from "node:assert/strict";
import { attachKernel, listKernelHosts, stopKernelHost } from "../src/index.ts";
import type { Execution, HostedKernel } from "../src/index.ts";
import { startDriver } from "../test/host/driver-process.ts";
import type { HostBed } from "../test/host/host-bed.ts";
import { ownMemory } from "../test/host/process-table.ts";
import { countingCode, numbersIn, numbersOf, printed } from "../test/host/read-lines.ts";
import { untilEqual } from "../test/host/until-equal.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Something that may happen to a kernel host, with what must be true then. */
type Scenario = (bed: HostBed, random: SeededRandom) => Promise<void>;

/** A lease that no scenario waits for. */
const KEPT = { keepLeaseMs: 600_000 };

/** Everything that the soak does to kernel hosts. */
export const SCENARIOS: readonly (readonly [name: string, scenario: Scenario])[] = [
  ["a driver is killed and others go on", killDrivers],
  ["a driver without a lease is killed", killOnlyDriver],
  ["a kernel is killed", killKernel],
  ["a host is killed", killHost],
  ["drivers put each other out", takeOver],
  ["a kernel is left and found again, over and over", releaseAndAttach],
  ["a lease runs out", letLeaseEnd],
  ["a host is stopped under its driver", stopHost],
  ["a flood of output", flood],
];

async function killDrivers(bed: HostBed, random: SeededRandom): Promise<void> {
  const count = random.between(500, 6_000);
  const moment = random.between(1, count);
  const { reports, kill } = startDriver({
    options: { ...(await bed.options()), ...KEPT },
    code: countingCode(count),
  });
  let [hostDir, msgId, sequence] = ["", "", 0];
  const numbers: number[] = [];
  for await (const report of reports) {
    if (report.event === "started") ({ hostDir } = report);
    if (report.event === "executing") ({ msgId } = report);
    if (report.event !== "saw") continue;
    ({ sequence } = report);
    numbers.push(...report.numbers);
    if (numbers.length >= moment) kill();
  }
  // The kernel may have been killed with its first line: one that a pipe held is lost to this test alone.
  for (let round = random.between(0, 3); round > 0; round--) {
    const kernel = await attachKernel(hostDir);
    const part = kernel.resumeExecution(msgId, { fromSequence: sequence + 1 });
    ({ sequence } = await readSome(kernel, part, numbers, random.between(1, count), sequence));
    await kernel.release();
  }
  const last = await attachKernel(hostDir);
  numbers.push(...(await numbersOf(last.resumeExecution(msgId, { fromSequence: sequence + 1 }))));
  assertCounts(numbers, count);
  assertCounts(await numbersOf(last.resumeExecution(msgId)), count);
  await last.shutdown({ mode: "immediate" });
}

/** Reads some numbers of an execution and leaves it; gives the last record that was read. */
async function readSome(
  kernel: HostedKernel,
  execution: Execution,
  numbers: number[],
  count: number,
  before: number,
): Promise<{ readonly sequence: number }> {
  let sequence = before;
  let left = count;
  for await (const message of execution) {
    const some = numbersIn(message);
    numbers.push(...some);
    sequence = kernel.sequenceOf(message) ?? sequence;
    left -= some.length;
    if (left <= 0) break;
  }
  return { sequence };
}

async function killOnlyDriver(bed: HostBed, random: SeededRandom): Promise<void> {
  const code = `import subprocess; subprocess.Popen(["setsid", "sleep", "600"])\n${countingCode(100_000)}`;
  const { reports, kill } = startDriver({ options: await bed.options(), code });
  let left = random.between(1, 3_000);
  for await (const report of reports) if (report.event === "saw" && --left <= 0) kill();
  await bed.untilEmpty();
}

async function killKernel(bed: HostBed, random: SeededRandom): Promise<void> {
  const kernel = await bed.start(random.pick([{}, KEPT]));
  const { numbers, failure } = await countAndKill(kernel, () => kernel.pid, random);
  assert.equal(failure, "KERNEL_DIED");
  assertCounts(numbers, numbers.length);
  await kernel.restart();
  assert.equal(await printed(kernel.execute("print(1)")), "1\n");
  await kernel.shutdown({ mode: random.pick(["graceful", "immediate"]) });
}

async function killHost(bed: HostBed, random: SeededRandom): Promise<void> {
  const kernel = await bed.start(random.pick([{}, KEPT]));
  await kernel.execute(`import subprocess; subprocess.Popen(["setsid", "sleep", "600"])`).reply;
  let question: Promise<unknown> = Promise.resolve();
  const askAndHit = (): number => {
    // The kernel counts and has no time for it.
    question = kernel.kernelInfo().catch((error: { code?: string }) => error.code);
    return kernel.hostPid;
  };
  const { numbers, failure } = await countAndKill(kernel, askAndHit, random);
  assert.equal(failure, "KERNEL_HOST_DIED");
  assert.equal(await question, "KERNEL_HOST_DIED");
  assert.equal((await kernel.died).reason, "host");
  assertCounts(numbers, numbers.length);
  await bed.untilEmpty();
}

/** Counts in the kernel, and kills a process after some of it. */
async function countAndKill(
  kernel: HostedKernel,
  victim: () => number,
  random: SeededRandom,
): Promise<{ readonly numbers: readonly number[]; readonly failure: string | undefined }> {
  const moment = random.between(1, 4_000);
  const numbers: number[] = [];
  try {
    let isKilled = false;
    for await (const message of kernel.execute(countingCode(100_000))) {
      numbers.push(...numbersIn(message));
      if (isKilled || numbers.length < moment) continue;
      isKilled = true;
      process.kill(victim(), "SIGKILL");
    }
    return { numbers, failure: undefined };
  } catch (error) {
    return { numbers, failure: (error as { code?: string }).code };
  }
}

async function takeOver(bed: HostBed, random: SeededRandom): Promise<void> {
  const count = random.between(500, 6_000);
  let kernel = await bed.start(random.pick([{}, KEPT]));
  const { msgId } = kernel.execute(countingCode(count));
  for (let round = random.between(1, 5); round > 0; round--) {
    const former = kernel;
    kernel = await attachKernel(former.hostDir, { takeOver: true });
    assert.equal(kernel.fence, former.fence + 1);
    const late = await former.execute("late = 1").reply.catch((error: { code?: string }) => error.code);
    assert.equal(late, "KERNEL_HOST_FENCED");
    await former.shutdown();
  }
  assertCounts(await numbersOf(kernel.resumeExecution(msgId)), count);
  assert.equal(await printed(kernel.execute("print('late' in globals())")), "False\n");
  await kernel.shutdown({ mode: "immediate" });
}

async function releaseAndAttach(bed: HostBed, random: SeededRandom): Promise<void> {
  const count = random.between(500, 6_000);
  let kernel = await bed.start({ ...KEPT, spool: { segmentBytes: 50_000 } });
  const { msgId } = kernel.execute(countingCode(count));
  const heard: number[] = [];
  for (let round = random.between(1, 6); round > 0; round--) {
    let left = random.between(1, count);
    if (heard.length === count) break;
    const some = Promise.withResolvers<void>();
    const stop = kernel.onIopub((message) => {
      heard.push(...numbersIn(message));
      kernel.acknowledge(kernel.lastSequence);
      if (--left === 0 || heard.length === count) some.resolve();
    });
    await some.promise;
    stop();
    // What comes between the listener's end and the release is not acknowledged, and comes again.
    await kernel.release();
    kernel = await attachKernel(kernel.hostDir);
  }
  const done = kernel.execute("0").msgId;
  const isDone = Promise.withResolvers<void>();
  kernel.onIopub((message) => {
    heard.push(...numbersIn(message));
    const isIdle = message.type === "status" && message.content.execution_state === "idle";
    if (isIdle && message.parent_header?.msg_id === done) isDone.resolve();
  });
  await isDone.promise;
  assertCounts(heard, count);
  assert.ok(msgId);
  await kernel.shutdown({ mode: "immediate" });
}

async function letLeaseEnd(bed: HostBed, random: SeededRandom): Promise<void> {
  const kernel = await bed.start({ keepLeaseMs: random.between(1, 500) });
  kernel.execute(
    random.pick([countingCode(100_000), "import time; time.sleep(600)", "import os; os._exit(3)"]),
  );
  await kernel.release();
  await bed.untilEmpty();
}

async function stopHost(bed: HostBed, random: SeededRandom): Promise<void> {
  const kernel = await bed.start(random.pick([{}, KEPT]));
  const counting = numbersOf(kernel.execute(countingCode(100_000))).catch(
    (error: { code?: string }) => error.code,
  );
  const { runtimeDir } = bed;
  const [host] = await listKernelHosts({ runtimeDir });
  assert.equal(host?.hostId, kernel.hostId);
  await stopKernelHost(kernel.hostId, { runtimeDir, mode: random.pick(["graceful", "immediate"]) });
  // A graceful end interrupts the code, whose reply may come before the end.
  const end = await counting;
  assert.ok(end === "KERNEL_HOST_DIED" || Array.isArray(end), String(end));
  await bed.untilEmpty();
}

async function flood(bed: HostBed, random: SeededRandom): Promise<void> {
  const kernel = await bed.start();
  const mebibytes = random.pick([32, 64, 256]);
  let length = 0;
  let peak = 0;
  const code = `for i in range(${mebibytes}): print("x" * ((1 << 20) - 1), flush=True)`;
  for await (const message of kernel.execute(code)) {
    if (message.type !== "stream") continue;
    length += message.content.text.length;
    peak = Math.max(peak, ownMemory(kernel.hostPid));
    for (let turn = random.between(0, 20); turn > 0; turn--) await nextTurn();
  }
  assert.equal(length, mebibytes << 20);
  assert.ok(peak < 300 << 20, `the host took ${peak >> 20} MiB for ${mebibytes} MiB`);
  await untilEqual(() => bed.warnings.length, 0);
  await kernel.shutdown();
}

/** Fails unless these are the numbers from 1 to `count`, and says where they are not. */
function assertCounts(numbers: readonly number[], count: number): void {
  const at = numbers.findIndex((number, index) => number !== index + 1);
  const around = numbers.slice(Math.max(0, at - 2), at + 3).join(" ");
  assert.ok(at < 0, `there is ${around} where ${at + 1} should be`);
  assert.equal(numbers.length, count);
}

async function nextTurn(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}
