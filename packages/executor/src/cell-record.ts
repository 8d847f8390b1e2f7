import type { JsonObject } from "@notemill/json";
import { JsonNumber, pythonFloatRepr } from "@notemill/json";
import type { Cell, CellId, Output } from "@notemill/nbformat";
import { type CellOutputs, createCellOutputs } from "./cell-outputs.ts";
import type { OutputRoom } from "./output-limits.ts";
import { nbclientTime, pythonIsoFormat } from "./python-time.ts";

/** Status of a cell in `metadata.papermill.status`, with papermill's words. */
export type CellStatus = "pending" | "running" | "completed" | "failed";

/** Instants of a cell's execution, as nbclient records them in `metadata.execution`. */
export type ExecutionMark =
  | "iopub.status.busy"
  | "iopub.execute_input"
  | "iopub.status.idle"
  | "shell.execute_reply";

/**
 * One cell of a run: the cell of the source, and what the run has made of it.
 *
 * It lives as long as the run and is changed in place; {@link CellRecord.snapshot}
 * gives the immutable cell, by reference the same until something changed.
 */
export interface CellRecord {
  readonly id: CellId;
  readonly index: number;
  readonly source: Cell;
  readonly outputs: CellOutputs;
  readonly status: CellStatus;
  readonly executionCount: number | null;
  /** Marks the begin of the cell; `timeMs` since 1970. */
  start(timeMs: number): void;
  /** Marks the end of the cell and gives its duration in seconds. */
  finish(status: "completed" | "failed", timeMs: number): number;
  setExecutionCount(count: number | null): void;
  mark(name: ExecutionMark, timeMs: number): void;
  snapshot(): Cell;
}

const NO_MARKS: ReadonlyMap<ExecutionMark, number> = new Map();
const NO_OUTPUTS: readonly Output[] = [];

/** Makes the record of a cell that has not run: no outputs, no count, status `pending`. */
export function createCellRecord(source: Cell, index: number, room: OutputRoom): CellRecord {
  // Most cells of a large notebook never show anything.
  let outputs: CellOutputs | undefined;
  let marks: ReadonlyMap<ExecutionMark, number> = NO_MARKS;
  let status: CellStatus = "pending";
  let exception: boolean | null = null;
  let startMs: number | undefined;
  let endMs: number | undefined;
  let executionCount: number | null = null;
  let changed = true;
  let cached: Cell | undefined;
  let cachedOutputs: unknown;

  function metadata(): JsonObject {
    const { execution: _old, ...rest } = source.metadata;
    const base = source.cell_type === "code" && marks.size > 0 ? rest : source.metadata;
    return {
      ...base,
      tags: source.metadata["tags"] ?? [],
      ...(marks.size > 0
        ? { execution: Object.fromEntries([...marks].map(([k, ms]) => [k, nbclientTime(ms)])) }
        : {}),
      papermill: {
        duration: startMs === undefined || endMs === undefined ? null : seconds(endMs - startMs),
        end_time: endMs === undefined ? null : pythonIsoFormat(endMs),
        exception,
        start_time: startMs === undefined ? null : pythonIsoFormat(startMs),
        status,
      },
    };
  }

  return {
    id: source.id,
    index,
    source,
    get outputs() {
      return (outputs ??= createCellOutputs({ cellId: source.id, ...room }));
    },
    get status() {
      return status;
    },
    get executionCount() {
      return executionCount;
    },
    start(timeMs) {
      status = "running";
      exception = false;
      startMs = timeMs;
      changed = true;
    },
    finish(outcome, timeMs) {
      status = outcome;
      exception = outcome === "failed";
      startMs ??= timeMs;
      endMs = timeMs;
      changed = true;
      return (endMs - startMs) / 1000;
    },
    setExecutionCount(value) {
      executionCount = value;
      changed = true;
    },
    mark(name, timeMs) {
      if (Number.isFinite(timeMs)) marks = new Map([...marks, [name, timeMs]]);
      changed = true;
    },
    snapshot() {
      const current = outputs?.snapshot() ?? NO_OUTPUTS;
      if (cached && !changed && current === cachedOutputs) return cached;
      cachedOutputs = current;
      changed = false;
      cached =
        source.cell_type === "code"
          ? { ...source, metadata: metadata(), execution_count: executionCount, outputs: current }
          : { ...source, metadata: metadata() };
      return cached;
    },
  };
}

/** A duration as Python writes `timedelta.total_seconds()`: always a float, in microseconds at most. */
export function seconds(durationMs: number): JsonNumber {
  return new JsonNumber(pythonFloatRepr(Math.round(durationMs * 1000) / 1e6));
}
