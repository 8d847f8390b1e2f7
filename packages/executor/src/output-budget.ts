import type { CellLimits, OutputLimits } from "./output-limits.ts";

/** Shares out among cells what a notebook may hold. */
export interface OutputBudget {
  /** What a cell may have that begins to show something now. */
  limits(): CellLimits;
  /** Counts what the outputs of some cell have become longer, or shorter. */
  add(length: number): void;
}

/** So much of what it prints every cell can show. */
const LEAST_LENGTH = 1000;

/** Makes the budget of one notebook. No cell can use it up: each leaves the next one something. */
export function createOutputBudget(limits: OutputLimits): OutputBudget {
  let used = 0;
  return {
    limits() {
      const left = Math.max(0, limits.notebookLength - used);
      return {
        streamLength: Math.min(limits.streamLength, Math.max(LEAST_LENGTH, left / 16)),
        richLength: Math.min(limits.richLength, left / 2),
        count: limits.count,
      };
    },
    add(length) {
      used += length;
    },
  };
}
