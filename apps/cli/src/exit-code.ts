import type { RunOutcome } from "@notemill/executor";

/** Numbers of the signals that can cancel a run. */
const SIGNALS: Readonly<Record<string, number>> = { SIGINT: 2, SIGPIPE: 13, SIGTERM: 15 };

/**
 * The exit code of a run, as papermill's: 0 when it succeeded, 138 when the
 * kernel died, 1 for every other failure, and 128 + the signal's number when a
 * signal cancelled it.
 */
export function exitCodeOf({ status, failure }: RunOutcome, interrupted: AbortSignal): number {
  if (status === "succeeded") return 0;
  if (status === "cancelled") return signalExitCode(interrupted);
  return failure?.code === "KERNEL_DIED" ? 138 : 1;
}

/** 128 + the number of the signal that the abort names; that of SIGINT where it names none. */
export function signalExitCode({ reason }: AbortSignal): number {
  return 128 + ((typeof reason === "string" ? SIGNALS[reason] : undefined) ?? 2);
}
