import type { CellId, ErrorOutput, Notebook } from "@notemill/nbformat";
import type { CellRecord } from "./cell-record.ts";
import { cellTags } from "./cell-tags.ts";
import { addErrorMarkers } from "./error-markers.ts";
import type { RunDocument } from "./run-document.ts";
import { exceptionMessage, type RunFailure } from "./run-failure.ts";
import type { StoppedRun } from "./stopped-run.ts";

/**
 * Finds a failure that no reply told of: a cell that shows an `error` output,
 * as kernels with exception handlers of their own do. The last one counts.
 */
export function failureInOutputs(document: RunDocument): StoppedRun | undefined {
  const failed = document.records.findLast(
    (record) => !cellTags(record.source).includes("raises-exception") && lastError(record) !== undefined,
  );
  const error = failed && lastError(failed);
  if (!error) return undefined;
  const { ename, evalue, traceback } = error;
  if (ename === "SystemExit" && (evalue === "" || evalue === "0")) return undefined;
  return {
    status: "failed",
    failure: {
      code: "CELL_FAILED",
      message: exceptionMessage(error),
      cell_index: failed.index,
      cell_id: failed.id,
      execution_count: failed.executionCount,
      ename,
      evalue,
      traceback,
    },
  };
}

function lastError(record: CellRecord): ErrorOutput | undefined {
  const cell = record.snapshot();
  return cell.cell_type === "code"
    ? cell.outputs.findLast((output) => output.output_type === "error")
    : undefined;
}

/** The final document: with marker cells where a cell ended the run. */
export function withMarkers(
  notebook: Notebook,
  failure: RunFailure | undefined,
  newId: () => CellId,
): Notebook {
  if (failure?.cell_index === undefined) return notebook;
  const { cell_index: cellIndex, execution_count: executionCount = null } = failure;
  return addErrorMarkers(notebook, { cellIndex, executionCount }, newId);
}
