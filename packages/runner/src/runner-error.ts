import { CodedError } from "@notemill/errors";

/** Every code this package throws, or gives as the failure of an attempt. Each has a section in docs/reference/errors.md. */
export type RunnerErrorCode =
  | "SOURCE_DAMAGED"
  | "RUNNER_STOPPED"
  | "RUNNER_LOST"
  | "KERNEL_NOT_THERE"
  | "SECRET_NOT_AVAILABLE"
  | "MEMORY_EXCEEDED";

/** A runner cannot execute an attempt, or not to its end. */
export class RunnerError extends CodedError<RunnerErrorCode> {
  override readonly name = "RunnerError";
}
