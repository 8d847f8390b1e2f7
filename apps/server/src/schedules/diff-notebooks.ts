import type { CellChange } from "@notemill/api";
import type { Cell, Notebook } from "@notemill/nbformat";
import { diffLines } from "./diff-lines.ts";

/** More lines than this are not compared any better than this many are. */
const MOST_LINES = 2000;

/** The most work for the comparison of all cells, where that of one is the square of its lines: about a second. */
const MOST_WORK = MOST_LINES ** 2;

/**
 * What has changed from one notebook to another, cell by cell, in the order of the
 * later one; cells that are gone come last. Cells are known by their ids, and their
 * outputs do not count. Where very much has changed, later cells are shown as replaced.
 */
export function diffNotebooks(before: Notebook, now: Notebook): readonly CellChange[] {
  const earlier = new Map(before.cells.map((cell, index) => [cell.id, { cell, index }]));
  const changes: CellChange[] = [];
  const linesOf = createComparison();
  // Those that kept their order among each other have not moved.
  let last = -1;
  for (const [index, cell] of now.cells.entries()) {
    const old = earlier.get(cell.id);
    earlier.delete(cell.id);
    const facts = { cell_id: cell.id, cell_type: cell.cell_type, index };
    if (old === undefined) {
      changes.push({ ...facts, kind: "added", before_index: null, lines: marked("+", cell.source) });
      continue;
    }
    const isMoved = old.index < last;
    last = Math.max(last, old.index);
    const changed = linesOf(old.cell.source, cell.source);
    const isSame = changed.length === 0 && metadataOf(old.cell) === metadataOf(cell);
    if (isSame && !isMoved) continue;
    const kind = isSame ? "moved" : "changed";
    changes.push({ ...facts, kind, before_index: old.index, lines: [...changed] });
  }
  for (const { cell, index } of earlier.values()) {
    const facts = { cell_id: cell.id, cell_type: cell.cell_type, index: null };
    changes.push({ ...facts, kind: "removed", before_index: index, lines: marked("-", cell.source) });
  }
  return changes;
}

function createComparison(): (before: string, now: string) => readonly string[] {
  let left = MOST_WORK;
  return (before, now) => {
    if (before === now) return [];
    left -= Math.min(MOST_LINES, countLines(before) + countLines(now)) ** 2;
    return left < 0 ? [...marked("-", before), ...marked("+", now)] : diffLines(before, now);
  };
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

function marked(mark: "+" | "-", source: string): string[] {
  return source.split("\n").map((line) => `${mark}${line}`);
}

/** What of a cell's metadata changes what a run does. */
function metadataOf({ cell_type: type, metadata }: Cell): string {
  return JSON.stringify([type, metadata["tags"] ?? []]);
}
