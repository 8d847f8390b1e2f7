import { type EndedPlace, type NotebookPlace, oldRuns, type PrunableRun, surplusRuns } from "@notemill/store";
import type { Platform } from "../platform.ts";
import type { RetentionPolicy } from "./policy.ts";

/** Goes through everything of a kind, a bounded part at a time. */
export interface Walk<T> {
  /** The next part: what of it may go. `isOver` when that was the last one; then it begins again. */
  next(): Promise<{ readonly found: readonly T[]; readonly isOver: boolean }>;
}

/** How many runs are looked at together. */
const RUNS = 200;

/** How many notebooks are looked at together, and how many runs of each are found at most. */
const NOTEBOOKS = 20;
const OF_EACH = 50;

/** However many there are, what ended so lately stays, in milliseconds: somebody may be looking at it. */
const LATELY_MS = 3_600_000;

/** Goes through the runs that are over, oldest first, for those that are too old. */
export function walkOldRuns(
  { driver, now }: Pick<Platform, "driver" | "now">,
  retention: Pick<RetentionPolicy, "runsMs" | "failedRunsMs" | "keepLatest">,
): Walk<PrunableRun> {
  let after: EndedPlace | null = null;
  return {
    async next() {
      const before = agesBefore(now(), retention);
      if (before === null) return { found: [], isOver: true };
      const policy = { ...before, keepLatest: retention.keepLatest };
      const page = await oldRuns(driver, policy, { after, count: RUNS });
      after = page.next;
      return { found: page.runs, isOver: after === null };
    },
  };
}

/** What ended before these may go by its age; null where nothing does. */
export function agesBefore(
  now: Date,
  { runsMs, failedRunsMs }: Pick<RetentionPolicy, "runsMs" | "failedRunsMs">,
): { readonly endedBefore: Date; readonly failedBefore: Date } | null {
  if (runsMs === null && failedRunsMs === null) return null;
  const before = (ms: number | null): Date => new Date(ms === null ? 0 : now.getTime() - ms);
  return { endedBefore: before(runsMs), failedBefore: before(failedRunsMs) };
}

/**
 * Goes through the notebooks for runs that are too many.
 *
 * @param options.isDry - Whether what is found stays. Default false.
 */
export function walkSurplusRuns(
  { driver, now }: Pick<Platform, "driver" | "now">,
  { mostRuns, mostFailedRuns }: RetentionPolicy,
  { isDry = false }: { readonly isDry?: boolean } = {},
): Walk<PrunableRun> {
  let after: NotebookPlace | null = null;
  return {
    async next() {
      if (mostRuns === null) return { found: [], isOver: true };
      const policy = {
        most: mostRuns,
        mostFailed: Math.max(mostRuns, mostFailedRuns ?? mostRuns),
        endedBefore: new Date(now().getTime() - LATELY_MS),
      };
      const page = await surplusRuns(driver, policy, { after, notebooks: NOTEBOOKS, limit: OF_EACH });
      // What was found goes, and then there may be more behind it.
      if (page.runs.length >= OF_EACH && !isDry) return { found: page.runs, isOver: false };
      after = page.next;
      return { found: page.runs, isOver: after === null };
    },
  };
}
