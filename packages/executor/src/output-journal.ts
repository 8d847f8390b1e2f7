import { realpath, rm } from "node:fs/promises";
import type { Cell, CellId, Notebook } from "@notemill/nbformat";
import { type Journal, openJournal } from "@notemill/storage";
import { changeOfCell, wholeChangeOfCell } from "./cell-change.ts";
import { journalLine } from "./journal-line.ts";
import { journalPaths } from "./journal-path.ts";

/**
 * What changed in a notebook since its file was written whole, on disk beside it.
 *
 * It has two files. While a whole file is being written, changes go to the other
 * one, so that they need not wait and what the whole file takes up can be
 * dropped in one step.
 */
export interface OutputJournal {
  /** Changes written so far. */
  readonly entries: number;
  /** Length of what is in the journal now, in UTF-16 units. */
  readonly length: number;
  /** Writes what changed since the last call. After a failure the next call tries again. */
  add(notebook: Notebook): Promise<void>;
  /** Says that a whole file is about to be written; what is added from now on is kept apart. */
  turn(): void;
  /** Drops all changes up to `entry`: a whole file has them. */
  drop(entry: number): Promise<void>;
  /** Removes the files. */
  remove(): Promise<void>;
  /** Lets go of the files and leaves them where they are. */
  close(): Promise<void>;
}

/** One of the two files. */
interface Part {
  readonly index: 0 | 1;
  journal: Journal | undefined;
  /** Number of the last entry in it; 0 when it is empty. */
  last: number;
  length: number;
}

/**
 * Makes the journal of the output notebook at `outputPath`, which exists and says what `base` says.
 *
 * @param name - Marks its lines, so that those of an earlier writer are left out.
 */
export function createOutputJournal(outputPath: string, name: string, base: Notebook): OutputJournal {
  const known = new Map<CellId, Cell>(base.cells.map((cell) => [cell.id, cell]));
  const parts: readonly [Part, Part] = [emptyPart(0), emptyPart(1)];
  let current: Part = parts[0];
  let entries = 0;

  async function write(part: Part, cell: Cell): Promise<void> {
    const before = known.get(cell.id);
    const change = before ? changeOfCell(before, cell) : wholeChangeOfCell(cell);
    if (change) {
      // Until the line is written nobody knows what a reader will find of this cell.
      known.delete(cell.id);
      part.journal ??= await openAnew(outputPath, part.index);
      entries += 1;
      part.last = entries;
      const line = journalLine({ journal: name, entry: entries, change });
      await part.journal.append(line);
      part.length += line.length;
    }
    known.set(cell.id, cell);
  }

  return {
    get entries() {
      return entries;
    },
    get length() {
      return parts[0].length + parts[1].length;
    },
    async add(notebook) {
      const part = current;
      for (const cell of notebook.cells) if (known.get(cell.id) !== cell) await write(part, cell);
    },
    turn() {
      const other = current === parts[0] ? parts[1] : parts[0];
      if (other.last === 0) current = other;
    },
    async drop(entry) {
      for (const part of parts) {
        if (part.last === 0 || part.last > entry) continue;
        part.last = 0;
        part.length = 0;
        await part.journal?.truncate();
      }
    },
    async remove() {
      for (const { journal } of parts) await journal?.remove();
    },
    async close() {
      for (const { journal } of parts) await journal?.close();
    },
  };
}

function emptyPart(index: 0 | 1): Part {
  return { index, journal: undefined, last: 0, length: 0 };
}

/** What an earlier run left behind is of no use to anyone. */
async function openAnew(outputPath: string, index: 0 | 1): Promise<Journal> {
  const path = journalPaths(await realpath(outputPath))[index];
  await rm(path, { force: true });
  return openJournal(path);
}
