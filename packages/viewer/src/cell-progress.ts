import type { Output } from "@notemill/nbformat";

/** What has become of a cell in a run, where that is not what its document says. */
export interface CellProgress {
  readonly status: "waiting" | "running" | "completed" | "failed";
  readonly outputs: readonly Output[];
  readonly executionCount: number | null;
  /** In seconds; null while it is not over. */
  readonly duration: number | null;
}
