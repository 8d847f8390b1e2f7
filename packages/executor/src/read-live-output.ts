import { isJsonObject } from "@notemill/json";
import { createNotebookEncoder, type Notebook, readNotebookBytes } from "@notemill/nbformat";
import { openLocation, readJournal } from "@notemill/storage";
import { applyJournal } from "./apply-journal.ts";
import { parseJournalLine } from "./journal-line.ts";
import { journalPaths } from "./journal-path.ts";

/** How often the file may be replaced while it is read with its journal. */
const TRIES = 3;

/**
 * Reads the output notebook of a run that is under way in this or another process, as
 * it is now: the file, and what its journal has beyond it. Writes nothing.
 *
 * @returns The text of the notebook, which says `running`.
 * @throws what reading throws, such as `STORAGE_NOT_FOUND` before the run has written it.
 */
export async function readLiveOutput(path: string, newCellId: () => string): Promise<string> {
  let notebook = await readWhole(path, newCellId);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const lines = await Promise.all(journalPaths(path).map((journal) => readJournal(journal)));
    const again = await readWhole(path, newCellId);
    // What the journal lost meanwhile is in the newer file.
    const isSame = entriesOf(again) === entriesOf(notebook);
    notebook = again;
    if (!isSame && tries < TRIES - 1) continue;
    const { process } = runOf(notebook);
    const live = applyJournal(notebook, lines.flat().map(parseJournalLine), process).notebook;
    return createNotebookEncoder().encode(live).join("");
  }
  return createNotebookEncoder().encode(notebook).join("");
}

async function readWhole(path: string, newCellId: () => string): Promise<Notebook> {
  return readNotebookBytes(await openLocation(path).read(), { newId: newCellId }).notebook;
}

function entriesOf(notebook: Notebook): unknown {
  const { process } = runOf(notebook);
  return isJsonObject(process) ? process["entries"] : undefined;
}

function runOf({ metadata: { notemill } }: Notebook): {
  readonly [key: string]: Notebook["metadata"][string];
} {
  return isJsonObject(notemill) ? notemill : {};
}
