import { isJsonObject } from "@notemill/json";
import type { Cell } from "@notemill/nbformat";
import type { CellRecord } from "./cell-record.ts";

/**
 * The record of a cell that an earlier run completed, in a run that goes on
 * behind it: it stays as it is, and late output for it is not expected.
 */
export function keptRecord(source: Cell, index: number): CellRecord {
  const outputs = source.cell_type === "code" ? source.outputs : [];
  return {
    id: source.id,
    index,
    source,
    status: "completed",
    executionCount: source.cell_type === "code" ? source.execution_count : null,
    outputs: {
      append: (output) => ({ output, length: 0, place: "gone" }),
      update: () => undefined,
      clear: () => undefined,
      snapshot: () => outputs,
    },
    start: () => undefined,
    finish: () => 0,
    setExecutionCount: () => undefined,
    mark: () => undefined,
    snapshot: () => source,
  };
}

/** Index of the first cell that an earlier run did not complete; the number of cells where it completed all. */
export function firstIncomplete(cells: readonly Cell[]): number {
  const index = cells.findIndex(({ metadata: { papermill } }) => {
    return !isJsonObject(papermill) || papermill["status"] !== "completed";
  });
  return index < 0 ? cells.length : index;
}
