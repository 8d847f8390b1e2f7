import { isCodedError } from "@notemill/errors";
import { isJsonObject } from "@notemill/json";
import { createNotebookEncoder, type Notebook } from "@notemill/nbformat";
import type { Location } from "@notemill/storage";
import type { Clock } from "./clock.ts";
import { createOutputJournal, type OutputJournal } from "./output-journal.ts";

/**
 * The output notebook on disk: whole files, each put in place in one step, and
 * between them a journal of what changed.
 *
 * A journal entry costs little and is written every time; a whole file may take
 * a second, so that it is written seldom, and without holding up the journal.
 */
export interface OutputFile {
  /** Writes the whole file, and waits for it. The journal is then empty. */
  saveWhole(notebook: Notebook): Promise<void>;
  /**
   * Makes what changed safe from the death of this process.
   *
   * @returns Whether the file itself is behind, so that it is worth to call again though nothing changes.
   */
  saveChanges(notebook: Notebook): Promise<boolean>;
  /** Removes the journal. */
  close(): Promise<void>;
  /** Leaves the journal where it is: the file does not have what is in it. */
  abandon(): Promise<void>;
}

/** Options of {@link createOutputFile}. */
export interface OutputFileOptions {
  readonly location: Location;
  readonly nonFinite: "string" | "literal";
  /** Marks the lines of the journal; `null` writes none. */
  readonly journalName: string | null;
  /** Least time between the begins of two whole files, in milliseconds. */
  readonly intervalMs: number;
  readonly clock: Clock;
  /** Told when a whole file could not be written in the background; the next one is tried all the same. */
  readonly onError: (error: unknown) => void;
}

/** Writing whole files may take a tenth of the time at most. */
const SHARE_OF_TIME = 10;

/** A file beyond this size, in UTF-16 units, is written whole only when the journal has become long. */
const CHEAP_LENGTH = 4 * 1024 * 1024;

/** After this many units of journal a whole file is due, so that reading it back stays cheap. */
const JOURNAL_LENGTH = 64 * 1024 * 1024;

/** Makes the {@link OutputFile} of a location. */
export function createOutputFile(options: OutputFileOptions): OutputFile {
  const { location, clock, onError, intervalMs, journalName } = options;
  const encoder = createNotebookEncoder({ nonFinite: options.nonFinite });
  let journalPath = journalName === null ? undefined : location.localPath;
  let journal: OutputJournal | undefined;
  /** Whether the file lacks something that no journal has. */
  let isBehind = false;
  let fileLength = 0;
  let dueMs = Number.NEGATIVE_INFINITY;
  let writing: Promise<void> | undefined;

  async function writeWhole(notebook: Notebook): Promise<void> {
    isBehind = true;
    const begunMs = clock.now();
    const entries = journal?.entries ?? 0;
    journal?.turn();
    try {
      const chunks = encoder.encode(withJournal(notebook, journalName, entries));
      await location.write(chunks, { durable: true });
      isBehind = false;
      fileLength = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      await journal?.drop(entries);
      if (journalPath !== undefined) {
        journal ??= createOutputJournal(journalPath, journalName ?? "", notebook);
      }
    } finally {
      dueMs = begunMs + Math.max(intervalMs, (clock.now() - begunMs) * SHARE_OF_TIME);
    }
  }

  function startWhole(notebook: Notebook): Promise<void> {
    const written = writeWhole(notebook);
    const over = (): void => {
      writing = undefined;
    };
    writing = written.then(over, over);
    return written;
  }

  function isWholeDue(): boolean {
    if (writing || clock.now() < dueMs) return false;
    if (isBehind || !journal) return true;
    return journal.length > (fileLength < CHEAP_LENGTH ? 0 : JOURNAL_LENGTH);
  }

  async function addToJournal(notebook: Notebook): Promise<void> {
    try {
      await journal?.add(notebook);
    } catch (error) {
      if (!isCodedError(error) || error.code !== "STORAGE_FORBIDDEN") throw error;
      // A file that may be overwritten in a directory that may not be written: whole files have to do.
      journalPath = undefined;
      journal = undefined;
    }
  }

  return {
    async saveWhole(notebook) {
      await writing;
      await startWhole(notebook);
    },
    async saveChanges(notebook) {
      // Without a journal nothing is safe before the file is, and the first file begins the journal.
      if (!journal) await writing;
      isBehind ||= journal === undefined;
      try {
        await addToJournal(notebook);
      } finally {
        if (isWholeDue()) startWhole(notebook).catch(onError);
        if (!journal) await writing;
      }
      return isBehind || (journal !== undefined && journal.length > 0 && fileLength < CHEAP_LENGTH);
    },
    async close() {
      await writing;
      await journal?.remove();
      journal = undefined;
    },
    async abandon() {
      await writing;
      await journal?.close();
      journal = undefined;
    },
  };
}

/** Says in a notebook under way which journal goes with it, and how much of that it has taken up. */
function withJournal(notebook: Notebook, name: string | null, entries: number): Notebook {
  const run = notebook.metadata["notemill"];
  if (name === null || !isJsonObject(run) || !isJsonObject(run["process"])) return notebook;
  const notemill = { ...run, process: { ...run["process"], journal: name, entries } };
  return { ...notebook, metadata: { ...notebook.metadata, notemill } };
}
