import type { Cell, Notebook } from "../notebook.ts";
import { type LineEdit, lineEdits } from "./line-edits.ts";

/** A cell of one notebook document and the cell of another one that it is compared with. */
export interface CellPair {
  /** Null for a cell that only the later document has. */
  readonly before: Cell | null;
  /** Null for a cell that only the earlier document has. */
  readonly after: Cell | null;
  /** Whether it stands elsewhere among the cells that both have. */
  readonly isMoved: boolean;
  /** From the source of the one to that of the other. */
  readonly source: readonly LineEdit[];
}

/** How much of the lines of two cells has to be the same for them to be taken for one. */
const LEAST_LIKENESS = 0.5;

/** Beyond so many pairs, cells without ids are compared no further than whether they are the same. */
const MOST_COMPARED = 40_000;

/**
 * Pairs the cells of two notebook documents, in the order of the later one; cells that are gone
 * stand where they stood.
 *
 * Cells belong together by their ids, then by the same source, then by sources that are alike
 * between cells that belong together.
 */
export function compareNotebooks(before: Notebook, after: Notebook): readonly CellPair[] {
  const matches = matchCells(before.cells, after.cells);
  const kept = longestRise(after.cells.flatMap((_cell, at) => matches.get(at) ?? []));
  const taken = new Set(matches.values());
  const pairs: CellPair[] = [];
  let next = 0;
  const addGone = (until: number): void => {
    for (; next < until; next += 1) {
      const gone = before.cells[next];
      if (gone !== undefined && !taken.has(next)) pairs.push(pairOf(gone, null, false));
    }
  };
  for (const [at, cell] of after.cells.entries()) {
    const earlier = matches.get(at);
    if (earlier === undefined) {
      pairs.push(pairOf(null, cell, false));
      continue;
    }
    const isMoved = !kept.has(earlier);
    if (!isMoved) addGone(earlier);
    pairs.push(pairOf(before.cells[earlier] ?? null, cell, isMoved));
  }
  addGone(before.cells.length);
  return pairs;
}

function pairOf(before: Cell | null, after: Cell | null, isMoved: boolean): CellPair {
  return { before, after, isMoved, source: lineEdits(linesOf(before), linesOf(after)) };
}

function linesOf(cell: Cell | null): readonly string[] {
  return cell === null || cell.source === "" ? [] : cell.source.split("\n");
}

/** By the place of the later cell, the place of the earlier one. */
function matchCells(before: readonly Cell[], after: readonly Cell[]): ReadonlyMap<number, number> {
  const matches = new Map<number, number>();
  const byId = new Map(before.map((cell, at) => [`${cell.cell_type} ${cell.id}`, at]));
  for (const [at, cell] of after.entries()) {
    const found = byId.get(`${cell.cell_type} ${cell.id}`);
    if (found !== undefined) matches.set(at, found);
  }
  matchSame(before, after, matches);
  matchAlike(before, after, matches);
  return matches;
}

/** Adds cells that have the same source, in their order. */
function matchSame(before: readonly Cell[], after: readonly Cell[], matches: Map<number, number>): void {
  const [left, right] = leftOver(before, after, matches);
  const keyOf = (cell: Cell | undefined): string => `${cell?.cell_type} ${cell?.source}`;
  const edits = lineEdits(
    left.map((at) => keyOf(before[at])),
    right.map((at) => keyOf(after[at])),
  );
  let [x, y] = [0, 0];
  for (const { kind } of edits) {
    const [earlier, later] = [left[x], right[y]];
    if (kind === "same" && earlier !== undefined && later !== undefined) matches.set(later, earlier);
    if (kind !== "added") x += 1;
    if (kind !== "removed") y += 1;
  }
}

/** Adds cells whose sources are alike, the first that is, between cells that belong together. */
function matchAlike(before: readonly Cell[], after: readonly Cell[], matches: Map<number, number>): void {
  const [left, right] = leftOver(before, after, matches);
  if (left.length * right.length > MOST_COMPARED) return;
  let from = 0;
  for (const later of right) {
    const cell = after[later];
    const found = left.findIndex((earlier, at) => {
      const other = before[earlier];
      if (at < from || other?.cell_type !== cell?.cell_type) return false;
      return (
        isBetween(earlier, later, matches) &&
        likeness(linesOf(other ?? null), linesOf(cell ?? null)) >= LEAST_LIKENESS
      );
    });
    const earlier = left[found];
    if (earlier === undefined) continue;
    matches.set(later, earlier);
    from = found + 1;
  }
}

/** Whether no pair stands across: before one of the two, and behind the other. */
function isBetween(earlier: number, later: number, matches: ReadonlyMap<number, number>): boolean {
  for (const [otherLater, otherEarlier] of matches)
    if (otherLater < later !== otherEarlier < earlier) return false;
  return true;
}

/** Places of the cells that have no match yet. */
function leftOver(
  before: readonly Cell[],
  after: readonly Cell[],
  matches: ReadonlyMap<number, number>,
): readonly [readonly number[], readonly number[]] {
  const taken = new Set(matches.values());
  return [
    [...before.keys()].filter((at) => !taken.has(at)),
    [...after.keys()].filter((at) => !matches.has(at)),
  ];
}

function likeness(before: readonly string[], after: readonly string[]): number {
  const most = Math.max(before.length, after.length);
  if (most === 0) return 1;
  return lineEdits(before, after).filter(({ kind }) => kind === "same").length / most;
}

/** The values of a longest rising part of a list: what is not among them has moved. */
function longestRise(values: readonly number[]): ReadonlySet<number> {
  const lasts: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [at, value] of values.entries()) {
    let length = lasts.length;
    while (length > 0 && (values[lasts[length - 1] ?? 0] ?? 0) > value) length -= 1;
    previous[at] = length === 0 ? undefined : lasts[length - 1];
    lasts[length] = at;
  }
  const rise = new Set<number>();
  for (let at = lasts.at(-1); at !== undefined; at = previous[at]) rise.add(values[at] ?? 0);
  return rise;
}
