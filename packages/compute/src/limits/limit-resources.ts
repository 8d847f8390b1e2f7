import { type ControlGroup, openCgroupV1, openCgroupV2 } from "./control-groups.ts";
import type { CpuMechanism, LimitOptions, MemoryMechanism, ResourceLimits } from "./resource-limits.ts";
import { sampleMemory } from "./sample-memory.ts";

/** From the best one on. */
const MECHANISMS: readonly MemoryMechanism[] = ["cgroup_v2", "cgroup_v1", "sampling"];

/**
 * Limits what processes take by the best means that this machine allows.
 *
 * A control group is asked of the system wherever this process may make one; the system then
 * kills at once what takes too much memory, and lets nobody take too much of the processors.
 * Elsewhere all processes are looked at, several times a second, and what took more memory is
 * killed; memory that is taken faster than that gets through, and processors are not limited.
 *
 * @param mechanisms - Those that may be used, in this order. Default: all, the best first.
 */
export function limitResources(
  options: LimitOptions,
  mechanisms: readonly MemoryMechanism[] = MECHANISMS,
): ResourceLimits {
  const parts: (Pick<ResourceLimits, "add" | "isMemoryExceeded"> & AsyncDisposable)[] = [];
  let memory: MemoryMechanism | null = null;
  let cpus: CpuMechanism | null = null;
  const take = (group: ControlGroup | null): void => {
    if (group === null) return;
    parts.push(group);
    if (group.limits.has("memory")) memory = group.mechanism;
    if (group.limits.has("cpu")) cpus = group.mechanism;
  };
  for (const mechanism of process.platform === "linux" ? mechanisms : []) {
    const left: LimitOptions = {
      ...options,
      memoryBytes: memory === null ? options.memoryBytes : null,
      cpus: cpus === null ? options.cpus : null,
    };
    if (mechanism === "cgroup_v2") take(openCgroupV2(left));
    if (mechanism === "cgroup_v1") {
      take(openCgroupV1(left, "memory"));
      take(openCgroupV1(left, "cpu"));
    }
    if (mechanism === "sampling" && left.memoryBytes !== null) {
      parts.push(sampleMemory(left.memoryBytes));
      memory = mechanism;
    }
  }
  return {
    enforcement: {
      memory: options.memoryBytes === null ? null : (memory ?? "nothing"),
      cpus: options.cpus === null ? null : (cpus ?? "nothing"),
    },
    add(pid) {
      for (const part of parts) part.add(pid);
    },
    isMemoryExceeded: () => parts.some((part) => part.isMemoryExceeded()),
    async [Symbol.asyncDispose]() {
      for (const part of parts) await part[Symbol.asyncDispose]();
    },
  };
}
