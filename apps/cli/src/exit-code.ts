import type { RunOutcome } from "@notemill/executor";

/**
 * The exit code of a run, as papermill's: 0 when it succeeded, 138 when the
 * kernel died, 1 for every other failure, and 128 + the signal's number when a
 * signal cancelled it.
 */
export function exitCodeOf({ status, failure }: RunOutcome, signal: string | undefined): number {
  if (status === "succeeded") return 0;
  if (status === "cancelled") return signal === "SIGTERM" ? 143 : 130;
  return failure?.code === "KERNEL_DIED" ? 138 : 1;
}
