import { isCodedError } from "@notemill/errors";
import type { ExecuteReply } from "@notemill/messaging";
import type { CellRecord } from "./cell-record.ts";
import { exceptionMessage, type RunFailure } from "./run-failure.ts";
import type { RunStatus } from "./run-status.ts";

/** A run that stopped before its last cell was done. */
export interface StoppedRun {
  readonly status: RunStatus;
  /** Absent when the notebook ended itself on purpose, by `sys.exit(0)`. */
  readonly failure?: RunFailure;
}

/** Says what a failed reply, or an error thrown while `record` ran, makes of the run. */
export function stateOfFailure(cause: unknown, record: CellRecord | undefined): StoppedRun {
  const where =
    record === undefined
      ? {}
      : { cell_index: record.index, cell_id: record.id, execution_count: record.executionCount };
  if (isFailedReply(cause)) return failedReply(cause, where);

  const code = isCodedError(cause) ? cause.code : "RUN_FAILED";
  const message = cause instanceof Error ? cause.message : String(cause);
  switch (code) {
    case "EXECUTION_TIMED_OUT":
      return {
        status: "timed_out",
        failure: { code: "CELL_TIMED_OUT", message: `the cell took too long: ${message}`, ...where },
      };
    case "RUN_TIMED_OUT":
    case "KERNEL_START_TIMED_OUT":
      return { status: "timed_out", failure: { code, message, ...where } };
    case "RUN_CANCELLED":
    case "EXECUTION_ABORTED":
      return { status: "cancelled", failure: { code: "RUN_CANCELLED", message, ...where } };
    default:
      return { status: "failed", failure: { code, message, ...where } };
  }
}

type FailedReply = Exclude<ExecuteReply, { status: "ok" }>;

function isFailedReply(cause: unknown): cause is FailedReply {
  return typeof cause === "object" && cause !== null && "status" in cause && !(cause instanceof Error);
}

function failedReply(reply: FailedReply, where: Partial<RunFailure>): StoppedRun {
  if (reply.status === "aborted") {
    const message = "the kernel dropped the cell without running it";
    return { status: "failed", failure: { code: "CELL_FAILED", message, ...where } };
  }
  const { ename, evalue, traceback } = reply;
  if (ename === "SystemExit" && (evalue === "" || evalue === "0")) return { status: "succeeded" };
  const message = exceptionMessage(reply);
  return { status: "failed", failure: { code: "CELL_FAILED", message, ename, evalue, traceback, ...where } };
}
