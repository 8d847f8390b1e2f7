import type { FinalStatus } from "./run-status.ts";

/** What decides whether there is another attempt. */
export interface RetryFacts {
  /** Whether the run's policy has another attempt for this ending. */
  readonly hasRetry: boolean;
  readonly isCancelRequested: boolean;
}

/**
 * Where a run goes when its attempt has ended.
 *
 * Whoever asked to cancel gets no other attempt; an attempt that succeeded in spite of it stays so.
 */
export function nextRunStatus(
  outcome: FinalStatus,
  { hasRetry, isCancelRequested }: RetryFacts,
): FinalStatus | "queued" {
  if (outcome === "succeeded" || outcome === "cancelled") return outcome;
  if (isCancelRequested) return outcome === "lost" ? "cancelled" : outcome;
  return hasRetry ? "queued" : outcome;
}
