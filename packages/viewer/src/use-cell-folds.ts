import { useCallback, useSyncExternalStore } from "react";
import type { FoldedPart, Folds } from "./folds.ts";
import type { CellSection } from "./sections.ts";

/** How much of a cell is folded. */
export interface CellFolds {
  readonly source: boolean;
  readonly outputs: boolean;
  /** Whether what is below its heading is. */
  readonly section: boolean;
  /** Whether it is below a heading of which everything is folded. */
  readonly isAway: boolean;
}

/** A cell, and what of it is folded as long as no reader has said anything. */
export interface FoldedFirst {
  readonly anchor: string;
  /** What its source is. */
  readonly kind: "source" | "text";
  readonly source: boolean;
  readonly outputs: boolean;
}

/** What is folded of a cell. It is rendered anew when that changes, and when that of others does it is not. */
export function useCellFolds(
  folds: Folds,
  { anchor, kind, source, outputs }: FoldedFirst,
  { within }: Pick<CellSection, "within">,
): CellFolds {
  // One number, so that a notebook of a thousand cells has a thousand listeners and no more.
  const bits = useSyncExternalStore(
    folds.subscribe,
    useCallback(() => {
      const isFolded = (part: FoldedPart, isFirst: boolean): boolean =>
        folds.isFolded({ anchor, part }, isFirst);
      const isAway = within.some((it) => folds.isFolded({ anchor: it, part: "section" }, false));
      return (
        (isFolded(kind, source) ? 1 : 0) |
        (isFolded("outputs", outputs) ? 2 : 0) |
        (isFolded("section", false) ? 4 : 0) |
        (isAway ? 8 : 0)
      );
    }, [folds, anchor, kind, source, outputs, within]),
  );
  return {
    source: (bits & 1) !== 0,
    outputs: (bits & 2) !== 0,
    section: (bits & 4) !== 0,
    isAway: (bits & 8) !== 0,
  };
}
