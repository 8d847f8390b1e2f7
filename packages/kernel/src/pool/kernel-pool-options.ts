import type { KernelError } from "../kernel-error.ts";
import { machineClock } from "./pool-clock.ts";
import type { PoolClock } from "./pool-clock.ts";

/** Bounds and settings of a kernel pool. */
export interface KernelPoolOptions {
  /**
   * How many fork servers may wait at once, one for each interpreter and set of
   * start-up variables. 0 turns forking off. Default 2.
   */
  readonly maxForkServers?: number;
  /** How many kernels may be kept started ahead, of all kinds together. 0 turns that off. Default 2. */
  readonly maxSpareKernels?: number;
  /** What is unused for so long is ended. Default 300,000 (five minutes). */
  readonly maxIdleMs?: number;
  /** A fork server older than this is replaced at its next use. Default 3,600,000 (an hour). */
  readonly maxAgeMs?: number;
  /** No spare kernel is started while those and the fork servers take so much memory. Default 1 GiB. */
  readonly maxMemoryBytes?: number;
  /** How long a fork server may take to be ready before kernels are started cold. Default 15,000. */
  readonly forkServerTimeoutMs?: number;
  /**
   * Names of variables, beyond those the pool knows, that are read while an
   * interpreter starts. Kernels that differ in them never share a fork server.
   */
  readonly startupVariables?: readonly string[];
  /** Directory for the fork servers' own files, as `runtimeDir` of a kernel's start. */
  readonly runtimeDir?: string;
  /**
   * Told what went wrong with the pool itself: `FORK_SERVER_FAILED`,
   * `FORKED_KERNEL_FAILED`, `SPARE_KERNEL_FAILED`. The kernel asked for is then
   * started cold, so none of it is an error of the caller. Default: nobody.
   */
  readonly onWarning?: (warning: KernelError) => void;
  /** Default: the machine's clock. */
  readonly clock?: PoolClock;
}

/** {@link KernelPoolOptions} with every default filled in. */
export type PoolSettings = Required<Omit<KernelPoolOptions, "runtimeDir">> & {
  readonly runtimeDir: string | undefined;
};

/** Fills in the defaults. */
export function poolSettings(options: KernelPoolOptions): PoolSettings {
  return {
    maxForkServers: options.maxForkServers ?? 2,
    maxSpareKernels: options.maxSpareKernels ?? 2,
    maxIdleMs: options.maxIdleMs ?? 300_000,
    maxAgeMs: options.maxAgeMs ?? 3_600_000,
    maxMemoryBytes: options.maxMemoryBytes ?? 1024 ** 3,
    forkServerTimeoutMs: options.forkServerTimeoutMs ?? 15_000,
    startupVariables: options.startupVariables ?? [],
    runtimeDir: options.runtimeDir,
    onWarning: options.onWarning ?? (() => {}),
    clock: options.clock ?? machineClock,
  };
}
