import type { FinalStatus } from "./run-status.ts";

/** What decides whether there is another attempt. */
export interface RetryFacts {
  /** Number of the attempt that ended, from 1. */
  readonly attempt: number;
  /** The most attempts that the run may have. */
  readonly maxAttempts: number;
  readonly isCancelRequested: boolean;
}

/**
 * Where a run goes when its attempt has ended.
 *
 * Only an attempt that was `lost` is tried again: that is the platform's fault
 * and not the notebook's. Whoever asked to cancel gets no other attempt.
 */
export function nextRunStatus(
  outcome: FinalStatus,
  { attempt, maxAttempts, isCancelRequested }: RetryFacts,
): FinalStatus | "queued" {
  if (outcome !== "lost") return outcome;
  if (isCancelRequested) return "cancelled";
  return attempt < maxAttempts ? "queued" : "lost";
}
