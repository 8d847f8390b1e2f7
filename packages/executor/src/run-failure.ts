import type { CellId } from "@notemill/nbformat";
import { shortened } from "./shortened.ts";

/** Why a run did not succeed. Goes into events, and into the output notebook's metadata. */
export interface RunFailure {
  /** `CELL_FAILED`, or the code of the error that ended the run; `RUN_FAILED` where that has none. */
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

/** Longest text of an exception that is repeated outside of the cell that raised it, in UTF-16 units. */
export const MESSAGE_LENGTH = 2000;

/** What an exception says, short enough for a line in a log: it may hold a whole table. */
export function exceptionMessage({
  ename,
  evalue,
}: {
  readonly ename: string;
  readonly evalue: string;
}): string {
  return shortened(`${ename}: ${evalue}`, MESSAGE_LENGTH);
}
