import { isJsonObject, type JsonObject } from "@notemill/json";
import type { Cell, Notebook } from "@notemill/nbformat";
import type { RunFailure } from "./run-failure.ts";

/**
 * Says in a notebook that its run was lost: the process that ran it is gone.
 *
 * @param run - `metadata.notemill` of the notebook.
 */
export function asLostRun(
  notebook: Notebook,
  run: JsonObject,
): { readonly ended: Notebook; readonly failure: RunFailure } {
  const index = notebook.cells.findIndex((cell) => papermillOf(cell.metadata)["status"] === "running");
  const cell = notebook.cells[index];
  const failure: RunFailure = {
    code: "RUN_LOST",
    message: "the process that ran this notebook ended without finishing it",
    ...(cell === undefined ? {} : { cell_index: index, cell_id: cell.id }),
    ...(cell?.cell_type === "code" ? { execution_count: cell.execution_count } : {}),
  };
  const { process: _gone, ...rest } = run;
  const metadata = {
    ...notebook.metadata,
    papermill: { ...papermillOf(notebook.metadata), exception: true },
    notemill: {
      ...rest,
      status: "lost",
      failure: {
        code: failure.code,
        message: failure.message,
        ...(failure.cell_id === undefined ? {} : { cell_id: failure.cell_id }),
      },
    },
  };
  const cells = notebook.cells.map((it) => (it === cell ? failed(it) : it));
  return { ended: { ...notebook, metadata, cells }, failure };
}

function failed(cell: Cell): Cell {
  const papermill = { ...papermillOf(cell.metadata), status: "failed", exception: true };
  return { ...cell, metadata: { ...cell.metadata, papermill } };
}

function papermillOf(metadata: JsonObject): JsonObject {
  const { papermill } = metadata;
  return isJsonObject(papermill) ? papermill : {};
}
