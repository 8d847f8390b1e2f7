/**
 * Where programs run, what they may take, and what they took.
 *
 * A {@link ComputeBackend} runs workloads; {@link openProcessBackend} does so as processes of this machine.
 * {@link holdProcesses} is what it is made of: limits and measuring for processes that somebody else starts.
 */
export type {
  Capabilities,
  ComputeBackend,
  EndReason,
  Workload,
  WorkloadSignal,
  WorkloadStatus,
} from "./compute-backend.ts";
export { ComputeError } from "./compute-error.ts";
export type { ComputeErrorCode } from "./compute-error.ts";
export { holdProcesses } from "./hold-processes.ts";
export type { ProcessHold, Usage, UsageOverTime } from "./hold-processes.ts";
export { limitResources } from "./limits/limit-resources.ts";
export type {
  CpuMechanism,
  Enforcement,
  LimitOptions,
  MemoryMechanism,
  ResourceLimits,
} from "./limits/resource-limits.ts";
export { PAGE_BYTES } from "./page-bytes.ts";
export type { UsageSamples } from "./usage-samples.ts";
export { openProcessBackend } from "./process/process-backend.ts";
export type { ProcessBackendOptions } from "./process/process-backend.ts";
