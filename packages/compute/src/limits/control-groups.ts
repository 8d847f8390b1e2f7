import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { killAll } from "../kill-all.ts";
import type { CpuMechanism, LimitOptions } from "./resource-limits.ts";

// The files are those of the kernel's admin guide, "Control Group v2", and of "Memory Resource Controller" and
// "CFS Bandwidth Control" for version 1.

/** A control group, with the limits that it keeps. */
export interface ControlGroup extends AsyncDisposable {
  readonly mechanism: CpuMechanism;
  readonly limits: ReadonlySet<Controller>;
  add(pid: number): void;
  isMemoryExceeded(): boolean;
}

/** What a group limits. */
export type Controller = "memory" | "cpu";

/** Makes a group of version 2 with all of the limits that can be had there; null where this process may not. */
export function openCgroupV2(options: LimitOptions): ControlGroup | null {
  const own = ownGroup(/^0::(.*)$/m);
  if (own === null) return null;
  for (const mount of ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]) {
    // Where this group has processes of its own, only one beside it can be limited.
    for (const parent of [join(mount, own), join(mount, dirname(own))]) {
      const controllers = read(join(parent, "cgroup.subtree_control")).trim().split(/\s+/);
      const wanted = wantedOf(options).filter((it) => controllers.includes(it));
      const group = open(parent, options, wanted, {
        mechanism: "cgroup_v2",
        // What does not fit is not to be moved to a disk instead, where the system has one for that.
        memory: ["memory.max", "memory.swap.max", "0"],
        cpu: ["cpu.max", `${quotaOf(options)} ${PERIOD}`],
        events: "memory.events",
      });
      if (group !== null) return group;
    }
  }
  return null;
}

/** Makes one of version 1, where every controller has its own. */
export function openCgroupV1(options: LimitOptions, controller: Controller): ControlGroup | null {
  const own = ownGroup(new RegExp(`^\\d+:(?:[^:]*,)?${controller}(?:,[^:]*)?:(.*)$`, "m"));
  if (own === null || !wantedOf(options).includes(controller)) return null;
  return open(join("/sys/fs/cgroup", controller, own), options, [controller], {
    mechanism: "cgroup_v1",
    memory: ["memory.limit_in_bytes", "memory.memsw.limit_in_bytes", `${options.memoryBytes}`],
    cpu: ["cpu.cfs_quota_us", quotaOf(options)],
    events: "memory.oom_control",
  });
}

/** How a version is used. */
interface Version {
  readonly mechanism: CpuMechanism;
  /** The file of the limit; that of swap with its text, without which there is a limit too. */
  readonly memory: readonly [string, string, string];
  readonly cpu: readonly [string, string];
  /** How many processes the system has killed in it. */
  readonly events: string;
}

/** Time in which a quota is counted, in microseconds; that of version 1 unless somebody has changed it. */
const PERIOD = 100_000;

function quotaOf({ cpus }: LimitOptions): string {
  // The least that the system takes.
  return `${Math.max(1000, Math.round((cpus ?? 0) * PERIOD))}`;
}

function wantedOf({ memoryBytes, cpus }: LimitOptions): readonly Controller[] {
  return [...(memoryBytes === null ? [] : ["memory" as const]), ...(cpus === null ? [] : ["cpu" as const])];
}

function open(
  parent: string,
  { name, memoryBytes, isThere }: LimitOptions,
  wanted: readonly Controller[],
  version: Version,
): ControlGroup | null {
  if (wanted.length === 0) return null;
  const directory = join(parent, `notemill-${name}`);
  try {
    mkdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || isThere !== true) return null;
  }
  const limits = new Set<Controller>();
  const [limitFile, swapFile, swapText] = version.memory;
  if (wanted.includes("memory") && written(join(directory, limitFile), `${memoryBytes}`)) {
    limits.add("memory");
    written(join(directory, swapFile), swapText);
  }
  if (wanted.includes("cpu") && written(join(directory, version.cpu[0]), version.cpu[1])) limits.add("cpu");
  if (limits.size === 0) {
    rmdirSync(directory);
    return null;
  }
  return {
    mechanism: version.mechanism,
    limits,
    add: (pid) => void written(join(directory, "cgroup.procs"), `${pid}`),
    isMemoryExceeded: () =>
      limits.has("memory") &&
      Number(/^oom_kill (\d+)$/m.exec(read(join(directory, version.events)))?.[1] ?? 0) > 0,
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
