import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { limitMemory, type MemoryMechanism, PAGE_BYTES } from "../src/index.ts";

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

const available = await Promise.all(
  MECHANISMS.map(async (mechanism) => {
    const limit = limitMemory({ bytes: 64 * MEBIBYTE, name: randomUUID() }, [mechanism]);
    await limit?.[Symbol.asyncDispose]();
    return limit === null ? [] : [mechanism];
  }),
);

describe.each(available.flat())("a limit by %s", (mechanism) => {
  const limitOf = (mebibytes: number) => {
    const limit = limitMemory({ bytes: mebibytes * MEBIBYTE, name: randomUUID() }, [mechanism]);
    if (limit === null) throw new Error(`there is no ${mechanism}`);
    return limit;
  };

  it("kills what takes more, and says so", async () => {
    await using limit = limitOf(100);
    const greedy = python("parts = []\nwhile True: parts.append(bytearray(b'x' * (1 << 20)))");
    limit.add(greedy.pid);
    greedy.go();
    expect(await greedy.closed).toEqual([null, "SIGKILL"]);
    await expect.poll(() => limit.isExceeded()).toBe(true);
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
    await expect.poll(() => limit.isExceeded()).toBe(true);
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
    expect(limit.isExceeded()).toBe(false);
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

it("is by something on this machine", () => {
  expect(limitMemory({ bytes: 64 * MEBIBYTE, name: randomUUID() }) === null).toBe(
    process.platform !== "linux",
  );
});
