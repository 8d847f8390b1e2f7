import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type KernelErrorCode =
  | "KERNELSPEC_NOT_FOUND"
  | "KERNEL_START_FAILED"
  | "KERNEL_START_TIMED_OUT"
  | "KERNEL_START_ABORTED"
  | "KERNEL_DIED"
  | "KERNEL_CLOSED"
  | "KERNEL_REQUEST_TIMED_OUT"
  | "KERNEL_INTERRUPT_FAILED"
  | "EXECUTION_TIMED_OUT"
  | "EXECUTION_ABORTED"
  | "EXECUTION_OUTPUT_LOST"
  | "RUNTIME_DIRECTORY_UNUSABLE"
  | "KERNEL_HOST_START_FAILED"
  | "KERNEL_HOST_DIED"
  | "KERNEL_HOST_NOT_FOUND"
  | "KERNEL_HOST_ATTACHED"
  | "KERNEL_HOST_FENCED"
  | "KERNEL_HOST_SILENT"
  | "KERNEL_HOST_PROTOCOL"
  | "KERNEL_LEASE_INVALID"
  | "KERNEL_LEASE_MISSING"
  | "KERNEL_OUTPUT_LOST"
  | "KERNEL_SPOOL_FAILED"
  | "EXECUTION_UNKNOWN"
  | "KERNEL_POOL_CLOSED"
  | "FORK_SERVER_FAILED"
  | "FORKED_KERNEL_FAILED"
  | "SPARE_KERNEL_FAILED"
  | "UV_NOT_FOUND"
  | "ENVIRONMENT_NOT_FOUND"
  | "ENVIRONMENT_NAME_INVALID"
  | "ENVIRONMENT_UNDECLARED"
  | "ENVIRONMENT_UNSOLVABLE"
  | "ENVIRONMENT_LOCK_INVALID"
  | "ENVIRONMENT_BUILD_FAILED";

/** A kernel or its environment could not be found, made or started, or the kernel stopped answering. */
export class KernelError extends CodedError<KernelErrorCode> {
  override readonly name = "KernelError";
}
