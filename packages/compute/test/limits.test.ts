import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { limitResources, type MemoryMechanism, PAGE_BYTES } from "../src/index.ts";

const MEBIBYTE = 2 ** 20;

/** Those that this machine has; sampling is everywhere. */
const MECHANISMS: readonly MemoryMechanism[] = ["cgroup_v2", "cgroup_v1", "sampling"];

/** A Python process that waits for a line before it does what `code` says. */
function python(code: string) {
  const child = spawn("python3", ["-c", `import sys\nsys.stdin.readline()\n${code}`], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { child, pid: child.pid ?? 0, closed: once(child, "close"), go: () => child.stdin.write("\n") };
}

const ASKED = { memoryBytes: 64 * MEBIBYTE, cpus: null };

const available = await Promise.all(
  MECHANISMS.map(async (mechanism) => {
    await using limits = limitResources({ ...ASKED, name: randomUUID() }, [mechanism]);
    return limits.enforcement.memory === mechanism ? [mechanism] : [];
  }),
);

describe.each(available.flat())("a limit by %s", (mechanism) => {
  const limitOf = (mebibytes: number) => {
    const asked = { memoryBytes: mebibytes * MEBIBYTE, cpus: null, name: randomUUID() };
    return limitResources(asked, [mechanism]);
  };

  it("kills what takes more, and says so", async () => {
    await using limit = limitOf(100);
    const greedy = python("parts = []\nwhile True: parts.append(bytearray(b'x' * (1 << 20)))");
    limit.add(greedy.pid);
    greedy.go();
    expect(await greedy.closed).toEqual([null, "SIGKILL"]);
    await expect.poll(() => limit.isMemoryExceeded()).toBe(true);
  });

  it("counts what is started by what it holds", async () => {
    await using limit = limitOf(150);
    const child = "parts = []\nwhile True: parts.append(bytearray(b'x' * (1 << 20)))";
    const parent = python(
      `import subprocess\nprint(subprocess.run([sys.executable, "-c", ${JSON.stringify(child)}]).returncode)`,
    );
    limit.add(parent.pid);
    parent.go();
    await parent.closed;
    await expect.poll(() => limit.isMemoryExceeded()).toBe(true);
  });

  it("leaves alone what takes less, and what is not held", async () => {
    await using limit = limitOf(150);
    const modest = python("held = bytearray(b'x' * (60 << 20)); print(len(held))");
    const other = python("held = bytearray(b'x' * (300 << 20)); print(len(held))");
    limit.add(modest.pid);
    modest.go();
    other.go();
    expect([await modest.closed, await other.closed]).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(limit.isMemoryExceeded()).toBe(false);
  });

  it("ends what is left when it is disposed of", async () => {
    const limit = limitOf(150);
    const left = python("import time\nprint('there', flush=True)\ntime.sleep(600)");
    limit.add(left.pid);
    left.go();
    await once(left.child.stdout, "data");
    await limit[Symbol.asyncDispose]();
    expect(await left.closed).toEqual([null, "SIGKILL"]);
  });
});

it("counts in pages of the size that they have here", () => {
  expect(PAGE_BYTES).toBe(Number(execFileSync("getconf", ["PAGESIZE"], { encoding: "utf8" })));
});

it("is by something on this machine", async () => {
  await using limits = limitResources({ ...ASKED, name: randomUUID() });
  expect(limits.enforcement.memory === "nothing").toBe(process.platform !== "linux");
});

it("says where nothing keeps the processors, and what keeps them elsewhere", async () => {
  await using unkept = limitResources({ memoryBytes: null, cpus: 0.5, name: randomUUID() }, ["sampling"]);
  expect(unkept.enforcement).toEqual({ memory: null, cpus: "nothing" });
  await using limits = limitResources({ memoryBytes: 100 * MEBIBYTE, cpus: 0.05, name: randomUUID() });
  if (limits.enforcement.cpus === "nothing") return;
  const spinner = python(`import time\nprint('there', flush=True)\nwhile True: pass`);
  limits.add(spinner.pid);
  spinner.go();
  await once(spinner.child.stdout, "data");
  // The system counts the times at which it had to wait for it: so little is there on a busy machine too.
  const group =
    limits.enforcement.cpus === "cgroup_v2" ? /^0::(.*)$/m : /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(.*)$/m;
  const own = group.exec(readFileSync(`/proc/${spinner.pid}/cgroup`, "utf8"))?.[1] ?? "";
  const mounts = limits.enforcement.cpus === "cgroup_v2" ? ["", "/unified"] : ["/cpu"];
  const stat =
    mounts.map((mount) => `/sys/fs/cgroup${mount}${own}/cpu.stat`).find((path) => existsSync(path)) ?? "";
  await expect
    .poll(() => Number(/^nr_throttled (\d+)$/m.exec(readFileSync(stat, "utf8"))?.[1]))
    .toBeGreaterThan(0);
});
