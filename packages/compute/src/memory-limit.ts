/** What keeps processes from taking more memory: a control group of either version, or looks at what they take. */
export type MemoryMechanism = "cgroup_v2" | "cgroup_v1" | "sampling";

/** A limit on the memory that some processes take together. Disposing of it kills those that are left, and removes it. */
export interface MemoryLimit extends AsyncDisposable {
  readonly mechanism: MemoryMechanism;
  /** Puts a process under the limit, with all that it starts from now on. One that is gone is nobody's trouble. */
  add(pid: number): void;
  /** Whether something was killed because they took more. */
  isExceeded(): boolean;
}

/** What is limited. */
export interface MemoryLimitOptions {
  /** The most that the processes may take together, in bytes. */
  readonly bytes: number;
  /** Tells this limit from others of this machine, as a UUID does: letters, digits and `-`. */
  readonly name: string;
}
