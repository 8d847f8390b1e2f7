/**
 * Find, start, talk to and stop Jupyter kernels.
 *
 * {@link findKernelspecs} and {@link findKernelspec} say what can be started,
 * {@link startKernel} starts it, and a {@link Kernel} executes code.
 */
export { findKernelspec } from "./find-kernelspec.ts";
export { findKernelspecs } from "./find-kernelspecs.ts";
export type { FindKernelspecsOptions } from "./find-kernelspecs.ts";
export { KernelError } from "./kernel-error.ts";
export type { KernelErrorCode } from "./kernel-error.ts";
export type {
  CommInfoOptions,
  ExecuteOptions,
  Execution,
  HistoryQuery,
  InspectOptions,
  Kernel,
  KernelDeath,
  OutgoingComm,
  RequestOptions,
  ShutdownOptions,
} from "./kernel.ts";
export type { InterruptMode, Kernelspec } from "./kernelspec.ts";
export { startKernel } from "./start-kernel.ts";
export type { StartKernelOptions } from "./start-kernel.ts";
export { createKernelPool } from "./pool/kernel-pool.ts";
export type { KernelPool, KernelPoolStats } from "./pool/kernel-pool.ts";
export type { KernelPoolOptions } from "./pool/kernel-pool-options.ts";
export type { PoolClock, PoolTimer } from "./pool/pool-clock.ts";
