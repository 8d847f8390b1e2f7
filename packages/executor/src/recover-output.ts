import { isCodedError } from "@notemill/errors";
import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import { type Cell, encodeNotebook, type Notebook, readNotebook } from "@notemill/nbformat";
import { openLocation, readJournal } from "@notemill/storage";
import { rm } from "node:fs/promises";
import { withMarkers } from "./finish-notebook.ts";
import { parseJournalLine } from "./journal-line.ts";
import { journalPath } from "./journal-path.ts";
import type { RunFailure } from "./run-failure.ts";
import { writerState } from "./writer-process.ts";

/** What a look at an output notebook found, and did. */
export type RecoveredOutput =
  /** The file says how its run ended; nothing was done. */
  | { readonly state: "final"; readonly status: string }
  /** The run is under way. */
  | { readonly state: "running" }
  /** The writer is on another machine, so nobody here can tell. */
  | { readonly state: "unknown"; readonly host: string }
  /** Not the output of a run of ours. */
  | { readonly state: "foreign" }
  /** The writer is gone: the file now says `lost`, with all that the journal held. */
  | { readonly state: "recovered"; readonly failure: RunFailure; readonly cellsRestored: number };

/**
 * Looks at an output notebook whose run may have been killed, and writes the truth.
 *
 * A notebook that says `running` though its writer is gone gets the cells of its
 * journal, the status `lost`, and marker cells at the cell that was running.
 *
 * @throws what reading or writing the notebook throws. Then nothing has changed.
 */
export async function recoverOutput(path: string, newCellId: () => string): Promise<RecoveredOutput> {
  const location = openLocation(path);
  const { notebook } = readNotebook(new TextDecoder().decode(await location.read()), { newId: newCellId });
  const run = notebook.metadata["notemill"];
  if (!isJsonObject(run) || typeof run["status"] !== "string") return { state: "foreign" };
  if (run["status"] !== "running") return { state: "final", status: run["status"] };

  const writer = await writerState(run["process"]);
  if (writer === "alive") return { state: "running" };
  if (writer === "unknown") return { state: "unknown", host: hostOf(run["process"]) };

  const journal = journalPath(location.localPath ?? path);
  const lines = await readJournal(journal);
  const { cells, restored } = applyJournal(notebook, lines, savesOf(run["process"]), newCellId);
  const { ended, failure } = asLost({ ...notebook, cells }, run);
  await location.write([encodeNotebook(withMarkers(ended, failure, newCellId))], { durable: true });
  await rm(journal, { force: true });
  return { state: "recovered", failure, cellsRestored: restored };
}

/** Puts the last version of each cell in its place that was journaled after the file was saved. */
function applyJournal(
  notebook: Notebook,
  lines: readonly string[],
  saves: number,
  newCellId: () => string,
): { readonly cells: readonly Cell[]; readonly restored: number } {
  const versions = new Map<string, Cell>();
  for (const line of lines) {
    const entry = parseJournalLine(line);
    const cell = entry?.saves === saves ? readCell(entry.cell, newCellId) : undefined;
    if (cell) versions.set(cell.id, cell);
  }
  return { cells: notebook.cells.map((cell) => versions.get(cell.id) ?? cell), restored: versions.size };
}

function savesOf(process: JsonValue | undefined): number {
  const saves = isJsonObject(process) ? process["saves"] : undefined;
  return typeof saves === "number" ? saves : 0;
}

function readCell(source: string, newCellId: () => string): Cell | undefined {
  try {
    const text = `{"cells":[${source}],"metadata":{},"nbformat":4,"nbformat_minor":5}`;
    return readNotebook(text, { newId: newCellId }).notebook.cells[0];
  } catch (error) {
    // A line that is no cell was cut short by the crash.
    if (isCodedError(error)) return undefined;
    throw error;
  }
}

function asLost(
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
  const cells = notebook.cells.map((it) => (it === cell ? withStatus(it, "failed") : it));
  return { ended: { ...notebook, metadata, cells }, failure };
}

function withStatus(cell: Cell, status: string): Cell {
  const papermill = { ...papermillOf(cell.metadata), status, exception: true };
  return { ...cell, metadata: { ...cell.metadata, papermill } };
}

function papermillOf(metadata: JsonObject): JsonObject {
  const { papermill } = metadata;
  return isJsonObject(papermill) ? papermill : {};
}

function hostOf(process: JsonValue | undefined): string {
  const host = isJsonObject(process) ? process["host"] : undefined;
  return typeof host === "string" ? host : "another machine";
}
