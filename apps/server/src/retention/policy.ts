/** Which runs and messages stay, and how long. */
export interface RetentionPolicy {
  /** How long runs stay behind their end, in milliseconds; null for ever. */
  readonly runsMs: number | null;
  /** The same for those that did not succeed. */
  readonly failedRunsMs: number | null;
  /** The newest runs of every notebook that stay however old they are. */
  readonly keepLatest: number;
  /** The newest runs of every notebook that stay at all; null for any number. */
  readonly mostRuns: number | null;
  /** A run that did not succeed stays while it is among so many. */
  readonly mostFailedRuns: number | null;
  /** How long messages stay after they were sent, in milliseconds. */
  readonly messagesMs: number;
}

/** A day, in milliseconds. */
export const DAY_MS = 86_400_000;

/** What failed stays so many times longer, and is among so many times more, unless it is said. */
export const FAILED_LONGER = 4;

/** A policy with its defaults: all runs stay, and messages for 90 days. */
export function defaultPolicy(given: Partial<RetentionPolicy> = {}): RetentionPolicy {
  const { runsMs = null, mostRuns = null } = given;
  const longer = (it: number | null): number | null => (it === null ? null : it * FAILED_LONGER);
  return {
    runsMs,
    failedRunsMs: given.failedRunsMs ?? longer(runsMs),
    keepLatest: given.keepLatest ?? 1,
    mostRuns,
    mostFailedRuns: given.mostFailedRuns ?? longer(mostRuns),
    messagesMs: given.messagesMs ?? 90 * DAY_MS,
  };
}
