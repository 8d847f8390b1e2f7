import type { JsonObject } from "@notemill/json";
import type { CellId, NotebookProblemCode, Output } from "@notemill/nbformat";
import type { RunFailure } from "./run-failure.ts";
import type { RunStatus } from "./run-status.ts";

/**
 * What happens in a run, in order. `notemill run --json` prints each as one line.
 *
 * Times are ISO 8601 in UTC with microseconds; durations are in seconds.
 */
export type RunEvent =
  | RunStarted
  | KernelReady
  | CellStarted
  | CellOutput
  | CellFinished
  | RunWarned
  | RunFinished;

/** The source is read, the parameters are in place, and the output location is known to be writable. */
export interface RunStarted {
  readonly type: "run-started";
  readonly run_id: string;
  readonly time: string;
  readonly input_path: string;
  /** Empty where the notebook is kept in memory alone, as in every event. */
  readonly output_path: string;
  readonly kernel_name: string;
  readonly cell_count: number;
  /** Cells that an earlier run completed, where this one goes on behind them. */
  readonly kept_cell_count: number;
  readonly parameters: JsonObject;
}

/** The kernel answers. `resumed` when it was alive before this run. */
export interface KernelReady {
  readonly type: "kernel-ready";
  readonly time: string;
  readonly kernel_name: string;
  readonly pid: number;
  readonly connection_file: string;
  readonly resumed: boolean;
}

/** A cell begins. Cells that need no kernel begin and finish too, as in papermill. */
export interface CellStarted {
  readonly type: "cell-started";
  readonly time: string;
  readonly cell_index: number;
  readonly cell_id: CellId;
  readonly cell_type: string;
  /** The token behind `papermill_description=` in the source. */
  readonly description?: string;
}

/** An output arrived. A stream comes in pieces; `output` is the piece and not the whole. */
export interface CellOutput {
  readonly type: "cell-output";
  readonly cell_index: number;
  readonly cell_id: CellId;
  readonly output: Output;
}

/** A cell is over. */
export interface CellFinished {
  readonly type: "cell-finished";
  readonly time: string;
  readonly cell_index: number;
  readonly cell_id: CellId;
  readonly status: "completed" | "failed";
  readonly duration: number;
  readonly execution_count: number | null;
}

/** Something the user should know that does not end the run. */
export interface RunWarned {
  readonly type: "run-warned";
  readonly code: RunWarningCode;
  readonly message: string;
}

/** Every code of {@link RunWarned}. Each has a section in docs/reference/errors.md. */
export type RunWarningCode =
  | "PARAMETERS_CELL_MISSING"
  | "PARAMETER_UNKNOWN_NAME"
  | "PARAMETER_TYPE_MISMATCH"
  | "PARAMETER_VALUE_MISSING"
  | "SAVE_FAILED"
  | "WIDGETS_LEFT_OUT"
  | "ARTIFACTS_LEFT_OUT"
  | NotebookProblemCode;

/** The run is over and its output notebook is final. */
export interface RunFinished {
  readonly type: "run-finished";
  readonly run_id: string;
  readonly time: string;
  readonly status: RunStatus;
  readonly duration: number;
  readonly output_path: string;
  readonly failure?: RunFailure;
  /** The kernel that was kept alive, where `keepKernelMs` asked for it and the run did not succeed. */
  readonly kept_kernel?: JsonObject;
}
