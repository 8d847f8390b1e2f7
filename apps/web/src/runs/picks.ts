import type { ListedRun } from "@notemill/api";
import { compareHref } from "../compare/side.ts";

/** How many runs are compared with each other. */
const COMPARED = 2;

/** A run that was picked. */
export type PickedRun = Pick<ListedRun, "id" | "path">;

/** Whether as many are picked as it takes. */
export function isFull(picked: readonly PickedRun[]): boolean {
  return picked.length === COMPARED;
}

/** Whether a run can be compared: a sweep has no notebook of its own, nor has a run that never began. */
export function isComparable(run: Pick<ListedRun, "is_sweep" | "started_at">): boolean {
  return !run.is_sweep && run.started_at !== null;
}

/** Picks a run, or lets go of one that was picked. Where enough are picked there is no other. */
export function toggled(picked: readonly PickedRun[], { id, path }: PickedRun): readonly PickedRun[] {
  if (picked.some((it) => it.id === id)) return picked.filter((it) => it.id !== id);
  return isFull(picked) ? picked : [...picked, { id, path }];
}

/** The address of the comparison of those that were picked, the older one first, in whatever order that was. */
export function comparisonHref(picked: readonly PickedRun[]): string {
  // Ids begin with the time.
  const [before = null, after = null] = picked
    .map(({ id }) => ({ kind: "run", id }) as const)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return compareHref(before, after);
}
