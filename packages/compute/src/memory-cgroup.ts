import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { killAll } from "./kill-all.ts";
import type { MemoryLimit, MemoryLimitOptions, MemoryMechanism } from "./memory-limit.ts";

// The files are those of the kernel's admin guide, "Control Group v2" and "Memory Resource Controller" (v1).

/** Makes a control group of version 2; null where this process may not. */
export function openCgroupV2(options: MemoryLimitOptions): MemoryLimit | null {
  const own = ownGroup(/^0::(.*)$/m);
  if (own === null) return null;
  for (const mount of ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]) {
    // Where this group has processes of its own, only one beside it can be limited.
    for (const parent of [join(mount, own), join(mount, dirname(own))]) {
      if (!read(join(parent, "cgroup.subtree_control")).split(/\s+/).includes("memory")) continue;
      const group = open(parent, options, {
        mechanism: "cgroup_v2",
        // What does not fit is not to be moved to a disk instead, where the system has one for that.
        limits: [
          ["memory.max", `${options.bytes}`, true],
          ["memory.swap.max", "0", false],
        ],
        killed: (directory) => /^oom_kill (\d+)$/m.exec(read(join(directory, "memory.events")))?.[1],
      });
      if (group !== null) return group;
    }
  }
  return null;
}

/** Makes one of version 1. */
export function openCgroupV1(options: MemoryLimitOptions): MemoryLimit | null {
  const own = ownGroup(/^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m);
  if (own === null) return null;
  return open(join("/sys/fs/cgroup/memory", own), options, {
    mechanism: "cgroup_v1",
    limits: [
      ["memory.limit_in_bytes", `${options.bytes}`, true],
      ["memory.memsw.limit_in_bytes", `${options.bytes}`, false],
    ],
    killed: (directory) => /^oom_kill (\d+)$/m.exec(read(join(directory, "memory.oom_control")))?.[1],
  });
}

/** How a version is used. */
interface Version {
  readonly mechanism: MemoryMechanism;
  /** File, what is written to it, and whether there is no limit without it. */
  readonly limits: readonly (readonly [string, string, boolean])[];
  /** How many processes the system has killed in it. */
  readonly killed: (directory: string) => string | undefined;
}

function open(parent: string, { name }: MemoryLimitOptions, version: Version): MemoryLimit | null {
  const directory = join(parent, `notemill-${name}`);
  try {
    mkdirSync(directory);
  } catch {
    return null;
  }
  for (const [file, text, isNeeded] of version.limits) {
    if (written(join(directory, file), text) || !isNeeded) continue;
    rmdirSync(directory);
    return null;
  }
  return {
    mechanism: version.mechanism,
    add: (pid) => void written(join(directory, "cgroup.procs"), `${pid}`),
    isExceeded: () => Number(version.killed(directory) ?? 0) > 0,
    [Symbol.asyncDispose]: () => remove(directory),
  };
}

/** A group goes when nothing is left in it; what is killed takes a moment. */
async function remove(directory: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    killAll(read(join(directory, "cgroup.procs")).split("\n").filter(Boolean).map(Number));
    try {
      await rmdir(directory);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      if (tries >= 100) throw error;
    }
    await pause(20);
  }
}

/** The group that this process is in, by a line of `/proc/self/cgroup`. */
function ownGroup(line: RegExp): string | null {
  return line.exec(read("/proc/self/cgroup"))?.[1] ?? null;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function written(path: string, text: string): boolean {
  try {
    writeFileSync(path, text);
    return true;
  } catch {
    return false;
  }
}
