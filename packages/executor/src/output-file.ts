import { isJsonObject } from "@notemill/json";
import { createNotebookEncoder, type Cell, type Notebook } from "@notemill/nbformat";
import { type Journal, type Location, openJournal } from "@notemill/storage";
import { journalLine } from "./journal-line.ts";
import { journalPath } from "./journal-path.ts";

/**
 * The output notebook on disk: whole files, each put in place in one step, and
 * between them a journal of the cells that changed.
 */
export interface OutputFile {
  /** Replaces the whole file and empties the journal. */
  saveWhole(notebook: Notebook): Promise<void>;
  /** Makes the changes since the last save safe, by a whole file where that is cheap. */
  saveChanges(notebook: Notebook): Promise<void>;
  /** Removes the journal. */
  close(): Promise<void>;
}

/** A file up to this size, in UTF-16 units, is written whole rather than to the journal. */
const CHEAP_LENGTH = 4 * 1024 * 1024;

/** After this many units of journal a whole file is due, so that reading it back stays cheap. */
const JOURNAL_LENGTH = 64 * 1024 * 1024;

/** Makes the {@link OutputFile} of `location`. */
export function createOutputFile(location: Location, nonFinite: "string" | "literal"): OutputFile {
  const encoder = createNotebookEncoder({ nonFinite });
  let journal: Journal | undefined;
  let journaled = 0;
  let fileLength = 0;
  let saves = 0;
  let saved = new Set<Cell>();

  async function saveWhole(notebook: Notebook): Promise<void> {
    // The journal names the save it belongs to, so that a crash between the two does no harm.
    const chunks = encoder.encode(withSaves(notebook, saves + 1));
    await location.write(chunks, { durable: true });
    saves += 1;
    fileLength = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    saved = new Set(notebook.cells);
    journaled = 0;
    await journal?.truncate();
  }

  async function saveChanges(notebook: Notebook): Promise<void> {
    if (location.localPath === undefined || fileLength < CHEAP_LENGTH || journaled > JOURNAL_LENGTH) {
      return saveWhole(notebook);
    }
    const changed = notebook.cells.filter((cell) => !saved.has(cell));
    if (changed.length === 0) return;
    journal ??= await openJournal(journalPath(location.localPath));
    for (const cell of changed) {
      const text = journalLine({ saves, cell: encoder.encodeCell(cell) });
      await journal.append(text);
      journaled += text.length;
    }
    saved = new Set(notebook.cells);
  }

  return {
    saveWhole,
    saveChanges,
    async close() {
      await journal?.remove();
      journal = undefined;
    },
  };
}

/** Numbers the save in the metadata of a run under way; a final notebook has no such number. */
function withSaves(notebook: Notebook, saves: number): Notebook {
  const run = notebook.metadata["notemill"];
  if (!isJsonObject(run) || !isJsonObject(run["process"])) return notebook;
  const notemill = { ...run, process: { ...run["process"], saves } };
  return { ...notebook, metadata: { ...notebook.metadata, notemill } };
}
