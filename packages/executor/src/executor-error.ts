import { CodedError } from "@notemill/errors";

/** Every code this package throws, or writes into the failure of a run. Each has a section in docs/reference/errors.md. */
export type ExecutorErrorCode =
  | "CELL_FAILED"
  | "CELL_TIMED_OUT"
  | "RUN_TIMED_OUT"
  | "RUN_CANCELLED"
  | "RUN_LOST"
  | "RUN_FAILED"
  | "OUTPUT_NOT_SAVED"
  | "CHECK_FAILED"
  | "ENGINE_UNKNOWN"
  | "KERNEL_NAME_MISSING"
  | "LANGUAGE_MISSING"
  | "PARAMETERS_UNKNOWN"
  | "WORKING_DIRECTORY_MISSING"
  | "SWEEP_PATHS_CLASH"
  | "SWEEP_OUTPUT_EXISTS"
  | "RESUME_NOT_POSSIBLE";

/** A run could not begin, or did not end well. */
export class ExecutorError extends CodedError<ExecutorErrorCode> {
  override readonly name = "ExecutorError";
}
