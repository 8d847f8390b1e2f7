import type { JsonValue } from "@notemill/json";
import type { CellId, Notebook } from "@notemill/nbformat";
import { cellTags } from "../cells/cell-tags.ts";
import { numberAt, objectAt, textAt, valueAt } from "../read-json.ts";

/** Tag of the two cells that papermill adds to the output notebook of a failed run. */
export const ERROR_MARKER_TAG = "papermill-error-cell-tag";

/** What an output notebook says of the run that made it. */
export interface RunInfo {
  readonly status: "succeeded" | "failed" | "cancelled" | "timed_out" | "lost" | "unfinished" | "prepared";
  readonly parameters: readonly (readonly [name: string, value: JsonValue])[];
  /** As papermill writes it; without an offset it is UTC. */
  readonly startTime: string | undefined;
  readonly durationSeconds: number | undefined;
  readonly failure: RunFailureInfo | undefined;
}

/** Why a run did not succeed, and in which cell. */
export interface RunFailureInfo {
  readonly message: string | undefined;
  readonly cellId: CellId | undefined;
}

/** Reads the metadata of a run; `undefined` for a notebook that no run wrote. */
export function readRun(notebook: Notebook): RunInfo | undefined {
  const papermill = objectAt(notebook.metadata, "papermill");
  const ours = objectAt(notebook.metadata, "notemill");
  const parameters = Object.entries(objectAt(papermill, "parameters"));
  const startTime = textAt(papermill, "start_time");
  const status = textAt(ours, "status") ?? papermillStatus(notebook);
  if (startTime === undefined && parameters.length === 0 && !Object.hasOwn(ours, "status")) return undefined;
  return {
    status: isFinal(status) ? status : startTime === undefined ? "prepared" : "unfinished",
    parameters,
    startTime,
    durationSeconds: numberAt(papermill, "duration"),
    failure: readFailure(notebook, status),
  };
}

const FINAL = ["succeeded", "failed", "cancelled", "timed_out", "lost"] as const;

function isFinal(status: string): status is (typeof FINAL)[number] {
  return (FINAL as readonly string[]).includes(status);
}

/** Papermill keeps no status, and no mark on a run that timed out or was stopped: then a cell may tell. */
function papermillStatus(notebook: Notebook): string {
  const papermill = objectAt(notebook.metadata, "papermill");
  if (valueAt(papermill, "exception") === true || failedCell(notebook)) return "failed";
  return textAt(papermill, "end_time") === undefined ? "unfinished" : "succeeded";
}

function readFailure(notebook: Notebook, status: string): RunFailureInfo | undefined {
  if (status === "succeeded" || !isFinal(status)) return undefined;
  const failure = objectAt(objectAt(notebook.metadata, "notemill"), "failure");
  const cell = failedCell(notebook);
  const error =
    cell?.cell_type === "code" ? cell.outputs.findLast((it) => it.output_type === "error") : undefined;
  const message =
    textAt(failure, "message") ??
    (error?.output_type === "error" ? `${error.ename}: ${error.evalue}` : undefined);
  const cellId = textAt(failure, "cell_id") ?? cell?.id;
  return { message, cellId };
}

function failedCell({ cells }: Notebook): Notebook["cells"][number] | undefined {
  return cells.findLast((cell) => {
    const isMarker = cellTags(cell).has(ERROR_MARKER_TAG);
    return !isMarker && valueAt(objectAt(cell.metadata, "papermill"), "exception") === true;
  });
}
