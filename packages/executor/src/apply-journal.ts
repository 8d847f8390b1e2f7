import { isJsonObject, type JsonValue } from "@notemill/json";
import type { CellId, Notebook } from "@notemill/nbformat";
import { applyCellChange } from "./cell-change.ts";
import type { JournalLine } from "./journal-line.ts";

/**
 * Takes up what a run changed after its file was written whole.
 *
 * Lines of another writer, and those whose change the file has already, are left out.
 *
 * @param lines - In any order; `undefined` is a line that could not be read.
 * @param process - `metadata.notemill.process` of the file, which names its journal.
 */
export function applyJournal(
  notebook: Notebook,
  lines: readonly (JournalLine | undefined)[],
  process: JsonValue | undefined,
): { readonly notebook: Notebook; readonly cellsRestored: number } {
  const { journal, entries } = isJsonObject(process) ? process : {};
  const due = lines
    .filter((line) => line !== undefined)
    .filter((line) => line.journal === journal && line.entry > (typeof entries === "number" ? entries : 0))
    .sort((one, other) => one.entry - other.entry);
  const cells = new Map(notebook.cells.map((cell) => [cell.id, cell]));
  const restored = new Set<CellId>();
  for (const { change } of due) {
    const cell = cells.get(change.id);
    if (!cell) continue;
    cells.set(change.id, applyCellChange(cell, change));
    restored.add(change.id);
  }
  return { notebook: { ...notebook, cells: [...cells.values()] }, cellsRestored: restored.size };
}
