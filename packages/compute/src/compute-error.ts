import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type ComputeErrorCode = "WORKLOAD_INVALID" | "WORKLOAD_NOT_FOUND" | "WORKLOAD_NOT_STARTED";

/** A workload cannot be started, or is not there. */
export class ComputeError extends CodedError<ComputeErrorCode> {
  override readonly name = "ComputeError";
}
