/** What keeps processes from taking more memory: a control group of either version, or looks at what they take. */
export type MemoryMechanism = "cgroup_v2" | "cgroup_v1" | "sampling";

/** What keeps processes from taking more of the processors. */
export type CpuMechanism = "cgroup_v2" | "cgroup_v1";

/** What is limited. */
export interface LimitOptions {
  /** The most that the processes may take together, in bytes; null for no limit. */
  readonly memoryBytes: number | null;
  /** How many processors' time they may take together, as 0.5; null for no limit. */
  readonly cpus: number | null;
  /** Tells this limit from others of this machine, as a UUID does: letters, digits and `-`. */
  readonly name: string;
  /** Whether an earlier process has made it. Default false. */
  readonly isThere?: boolean;
}

/** What keeps each limit; `nothing` where this machine has no means, null where none was asked for. */
export interface Enforcement {
  readonly memory: MemoryMechanism | "nothing" | null;
  readonly cpus: CpuMechanism | "nothing" | null;
}

/** Limits on what some processes take together. Disposing of them kills those that are left, and removes them. */
export interface ResourceLimits extends AsyncDisposable {
  readonly enforcement: Enforcement;
  /** Puts a process under the limits, with all that it starts from now on. One that is gone is nobody's trouble. */
  add(pid: number): void;
  /** Whether something was killed because they took more memory. */
  isMemoryExceeded(): boolean;
}
