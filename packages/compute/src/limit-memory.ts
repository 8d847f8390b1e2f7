import { openCgroupV1, openCgroupV2 } from "./memory-cgroup.ts";
import type { MemoryLimit, MemoryLimitOptions, MemoryMechanism } from "./memory-limit.ts";
import { sampleMemory } from "./sample-memory.ts";

/** From the best one on. */
const MECHANISMS: Readonly<Record<MemoryMechanism, (options: MemoryLimitOptions) => MemoryLimit | null>> = {
  cgroup_v2: openCgroupV2,
  cgroup_v1: openCgroupV1,
  sampling: sampleMemory,
};

/**
 * Limits the memory of processes by the best means that this machine allows.
 *
 * A control group is asked of the system wherever this process may make one; the system then
 * kills at once what takes too much. Elsewhere all processes are looked at, several times a
 * second, and what took more is killed; memory that is taken faster than that gets through.
 *
 * @param mechanisms - Those to try, in this order. Default: all, the best first.
 * @returns Null where nothing limits memory: on no Linux.
 */
export function limitMemory(
  options: MemoryLimitOptions,
  mechanisms: readonly MemoryMechanism[] = Object.keys(MECHANISMS) as MemoryMechanism[],
): MemoryLimit | null {
  if (process.platform !== "linux") return null;
  for (const mechanism of mechanisms) {
    const limit = MECHANISMS[mechanism](options);
    if (limit !== null) return limit;
  }
  return null;
}
