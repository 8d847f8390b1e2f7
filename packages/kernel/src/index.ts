/**
 * Find, start, talk to and stop Jupyter kernels.
 *
 * {@link findKernelspecs} and {@link findKernelspec} say what can be started,
 * {@link startKernel} starts it, and a {@link Kernel} executes code.
 * {@link startHostedKernel} starts one that this process can leave, and {@link attachKernel} finds it again.
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
export type { HeartbeatSettings } from "./heartbeat.ts";
export type { InvalidKernelspec } from "./read-kernelspec.ts";
export { startKernel } from "./start-kernel.ts";
export type { StartKernelOptions } from "./start-kernel.ts";
export { createKernelPool } from "./pool/kernel-pool.ts";
export type { KernelPool, KernelPoolStats } from "./pool/kernel-pool.ts";
export type { KernelPoolOptions } from "./pool/kernel-pool-options.ts";
export type { PoolClock, PoolTimer } from "./pool/pool-clock.ts";
export { attachKernel } from "./host/attach-kernel.ts";
export type { AttachOptions } from "./host/attach-kernel.ts";
export type {
  DriverListener,
  HostedKernel,
  KernelLease,
  KernelWarning,
  ResumeOptions,
} from "./host/hosted-kernel.ts";
export { listKernelHosts } from "./host/list-kernel-hosts.ts";
export type { KernelHostInfo, ListKernelHostsOptions } from "./host/list-kernel-hosts.ts";
export type { SpoolSettings } from "./host/spool/spool.ts";
export { startHostedKernel } from "./host/start-hosted-kernel.ts";
export type { StartHostedKernelOptions } from "./host/start-hosted-kernel.ts";
export { stopKernelHost } from "./host/stop-kernel-host.ts";
export type { StopKernelHostOptions } from "./host/stop-kernel-host.ts";
export { sweepKernelHosts } from "./host/sweep-kernel-hosts.ts";
export type { SweepKernelHostsOptions } from "./host/sweep-kernel-hosts.ts";
