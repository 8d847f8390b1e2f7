import type { ListedRun } from "@notemill/api";

/** What a list says of a sweep. */
export interface SweepText {
  /** As `Sweep of 40` and `Sweep, 12 of 40 done`. */
  readonly extent: string;
  /** Of how many runs of it all is not well, as `3 failed`. */
  readonly trouble: readonly string[];
}

/** Says in a few words what has become of the runs of a sweep so far. */
export function sweepText({ total, counts }: NonNullable<ListedRun["children"]>): SweepText {
  const { succeeded, failed, timed_out: timedOut, lost, cancelled } = counts;
  const done = succeeded + failed + timedOut + lost + cancelled;
  const number = (it: number): string => it.toLocaleString("en");
  const trouble = (
    [
      [failed, "failed"],
      [timedOut, "timed out"],
      [lost, "lost"],
      [cancelled, "cancelled"],
    ] as const
  ).flatMap(([count, words]) => (count === 0 ? [] : [`${number(count)} ${words}`]));
  return {
    extent: done === total ? `Sweep of ${number(total)}` : `Sweep, ${number(done)} of ${number(total)} done`,
    trouble,
  };
}
