import type { CellId } from "@notemill/nbformat";

/** Why a run did not succeed. Goes into events, and into the output notebook's metadata. */
export interface RunFailure {
  /** `CELL_FAILED`, or the code of the error that ended the run. */
  readonly code: string;
  readonly message: string;
  /** The cell that ran at the time, if any. The index counts the cells before marker cells are added. */
  readonly cell_index?: number;
  readonly cell_id?: CellId;
  readonly execution_count?: number | null;
  /** The exception in the kernel, where the cell raised one. */
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}
