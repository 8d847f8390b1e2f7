import { isJsonObject, type JsonValue } from "@notemill/json";
import { createNotebookEncoder, readNotebookBytes } from "@notemill/nbformat";
import { openLocation, readJournal, sweepTemporaryFiles } from "@notemill/storage";
import { realpath, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { applyJournal } from "./apply-journal.ts";
import { withMarkers } from "./finish-notebook.ts";
import { parseJournalLine } from "./journal-line.ts";
import { journalPaths } from "./journal-path.ts";
import { asLostRun } from "./lost-run.ts";
import type { RunFailure } from "./run-failure.ts";
import { writerState } from "./writer-process.ts";

/** What a look at an output notebook found, and did. */
export type RecoveredOutput =
  /** The file says how its run ended. */
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
 * A notebook that says `running` though its writer is gone gets what its journal
 * has, the status `lost`, and marker cells at the cell that was running. Files
 * that the dead process left beside it are removed.
 *
 * @throws what reading or writing the notebook throws. Then nothing has changed.
 */
export async function recoverOutput(path: string, newCellId: () => string): Promise<RecoveredOutput> {
  const location = openLocation(path);
  const { notebook } = readNotebookBytes(await location.read(), { newId: newCellId });
  const run = notebook.metadata["notemill"];
  if (!isJsonObject(run) || typeof run["status"] !== "string") return { state: "foreign" };
  const journals = location.localPath === undefined ? [] : journalPaths(await realpath(location.localPath));
  if (run["status"] !== "running") {
    await removeLeftovers(journals);
    return { state: "final", status: run["status"] };
  }

  const writer = await writerState(run["process"]);
  if (writer === "alive") return { state: "running" };
  if (writer === "unknown") return { state: "unknown", host: hostOf(run["process"]) };

  const lines = await Promise.all(journals.map((journal) => readJournal(journal)));
  const changed = applyJournal(notebook, lines.flat().map(parseJournalLine), run["process"]);
  const { ended, failure } = asLostRun(changed.notebook, run);
  const chunks = createNotebookEncoder().encode(withMarkers(ended, failure, newCellId));
  await location.write(chunks, { durable: true });
  await removeLeftovers(journals);
  return { state: "recovered", failure, cellsRestored: changed.cellsRestored };
}

/** Removes the journal of a file that has all that is in it, and temporary files of dead processes. */
async function removeLeftovers(journals: readonly string[]): Promise<void> {
  for (const journal of journals) await rm(journal, { force: true });
  const [first] = journals;
  if (first !== undefined) await sweepTemporaryFiles(dirname(first));
}

function hostOf(process: JsonValue | undefined): string {
  const host = isJsonObject(process) ? process["host"] : undefined;
  return typeof host === "string" ? host : "another machine";
}
