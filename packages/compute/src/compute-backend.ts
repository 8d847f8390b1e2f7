import type { Usage } from "./hold-processes.ts";
import type { CpuMechanism, Enforcement, MemoryMechanism } from "./limits/resource-limits.ts";

/** A program to be run once, with what it may take. It runs in a fresh directory of its own. */
export interface Workload {
  /** One of its kind, as a UUID is: letters, digits and `-`. */
  readonly id: string;
  readonly owner: string;
  /** The program and its arguments. */
  readonly entry: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The most that it may take, with all that it starts. One number is the request and the limit. */
  readonly resources: {
    /** In bytes; null for no limit. */
    readonly memoryBytes: number | null;
    /** Processors, as 0.5; null for no limit. */
    readonly cpus: number | null;
  };
  readonly limits: {
    /** How long it may run; null for ever. */
    readonly runtimeMs: number | null;
    /** How long it may take to end when it is asked to, before it is killed. */
    readonly graceMs: number;
  };
  /** What it is found by. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * How a workload ended: by itself, well (`normal`) or not (`failed`), because it took too much memory (`oom`) or
 * time (`runtime_limit`), because somebody asked for it (`killed`), or because nobody was there to look after it
 * (`lost`).
 */
export type EndReason = "normal" | "failed" | "oom" | "runtime_limit" | "killed" | "lost";

/** A workload as it is now. */
export interface WorkloadStatus {
  readonly id: string;
  readonly owner: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly end: {
    readonly reason: EndReason;
    /** Null where a signal ended it. */
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly at: Date;
  } | null;
  /** What keeps the limits that were asked for. A limit that nothing keeps is never left out. */
  readonly enforcement: Enforcement;
  /** Null where nothing could be measured. */
  readonly usage: Usage | null;
}

/** What a backend can do here; null where it cannot. */
export interface Capabilities {
  readonly memoryLimit: MemoryMechanism | null;
  readonly cpuLimit: CpuMechanism | null;
}

/** A signal that a workload can be sent. */
export type WorkloadSignal = "SIGINT" | "SIGTERM" | "SIGKILL";

/**
 * Where workloads run. Disposing of it stops those that run; {@link leave} lets them be.
 *
 * Every method but `launch`, `list` and `leave` throws `WORKLOAD_NOT_FOUND` for an id that is not there.
 */
export interface ComputeBackend extends AsyncDisposable {
  capabilities(): Promise<Capabilities>;
  /**
   * Starts a workload. Where there is one with its id already, running or over, that one is given and nothing starts.
   *
   * @throws {@link ComputeError} `WORKLOAD_INVALID`, `WORKLOAD_NOT_STARTED`. Nothing is left then.
   */
  launch(workload: Workload): Promise<WorkloadStatus>;
  inspect(id: string): Promise<WorkloadStatus>;
  /** Those that have all of these labels, those of earlier backends in the same place too; oldest first. */
  list(labels?: Readonly<Record<string, string>>): Promise<readonly WorkloadStatus[]>;
  /** Resolves when a workload is over. */
  wait(id: string, options?: { readonly signal?: AbortSignal }): Promise<WorkloadStatus>;
  /** The end of what a workload has written, to both streams. @param options.bytes - How much at most. Default 64 KiB. */
  logs(id: string, options?: { readonly bytes?: number }): Promise<string>;
  /** Sends a signal to a workload and all that it has started; one that is over gets none. */
  signal(id: string, signal: WorkloadSignal): Promise<void>;
  /** Asks a workload to end, and kills what is left of it after a while. @param options.graceMs - Default: its own. */
  stop(id: string, options?: { readonly graceMs?: number }): Promise<WorkloadStatus>;
  /** Forgets a workload, with its directory; one that runs is killed first. */
  remove(id: string): Promise<void>;
  /** Lets those that run go on, for the next backend in the same place. They end where none comes for too long. */
  leave(): Promise<void>;
}
