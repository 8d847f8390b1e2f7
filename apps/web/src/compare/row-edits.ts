import { type LineEdit, lineEdits } from "@notemill/nbformat";
import type { TableRows } from "./table-rows.ts";

/** A row that both tables have, or one of them; `changed` are the places of cells that differ from the row it replaces. */
export interface RowEdit {
  readonly kind: LineEdit["kind"];
  readonly cells: readonly string[];
  readonly changed: readonly number[];
}

type Row = readonly string[];

/**
 * Compares the rows of two tables. Rows of the same key stand together, the one that is gone over the one that is
 * there for it, and it is known which cells differ; where rows have no key, those in the same place do.
 */
export function compareRows(before: TableRows, after: TableRows): readonly RowEdit[] {
  const keyLength = sharedKey(before, after);
  return keyLength === null
    ? byPlace(before.rows, after.rows)
    : byKey(before.rows, after.rows, (row) => JSON.stringify(row.slice(0, keyLength)));
}

/**
 * How many columns at the left name a row: those that are heads of rows, or the first. Null where some rows of a table
 * have the same, or the tables share none.
 */
function sharedKey(before: TableRows, after: TableRows): number | null {
  const most = Math.max(1, Math.min(before.headColumns, after.headColumns));
  const keysOf = ({ rows }: TableRows, length: number): ReadonlySet<string> | null => {
    const keys = new Set(rows.map((row) => JSON.stringify(row.slice(0, length))));
    return keys.size === rows.length ? keys : null;
  };
  for (let length = 1; length <= most; length += 1) {
    const [left, right] = [keysOf(before, length), keysOf(after, length)];
    if (left !== null && right !== null) return [...left].some((key) => right.has(key)) ? length : null;
  }
  return null;
}

function byKey(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string): RowEdit[] {
  const [left, right] = [before, after].map((rows) => new Map(rows.map((row) => [keyOf(row), row])));
  return lineEdits(before.map(keyOf), after.map(keyOf)).flatMap(({ kind, line }) => {
    const removed = kind === "added" ? undefined : left?.get(line);
    const added = kind === "removed" ? undefined : right?.get(line);
    return pairOf(removed, added);
  });
}

function byPlace(before: readonly Row[], after: readonly Row[]): RowEdit[] {
  const edits = lineEdits(
    before.map((row) => JSON.stringify(row)),
    after.map((row) => JSON.stringify(row)),
  ).map(({ kind, line }) => ({ kind, row: JSON.parse(line) as Row }));
  const found: RowEdit[] = [];
  for (let at = 0; at < edits.length;) {
    const length = edits.slice(at).findIndex(({ kind }) => kind === "same");
    const block = edits.slice(at, length < 0 ? undefined : at + length);
    const [removed = [], added = []] = ["removed", "added"].map((wanted) =>
      block.filter(({ kind }) => kind === wanted).map(({ row }) => row),
    );
    for (let place = 0; place < Math.max(removed.length, added.length); place += 1)
      found.push(...pairOf(removed[place], added[place]));
    at += block.length;
    const same = edits[at];
    if (same !== undefined) found.push(...pairOf(same.row, same.row));
    at += 1;
  }
  return found;
}

/** A row as it was and as it is, which are one where they are the same. */
function pairOf(removed: Row | undefined, added: Row | undefined): readonly RowEdit[] {
  const changed = removed === undefined || added === undefined ? [] : changedCells(removed, added);
  const isSame = removed?.length === added?.length && changed.length === 0;
  if (removed !== undefined && added !== undefined && isSame)
    return [{ kind: "same", cells: added, changed }];
  return [
    ...(removed === undefined ? [] : [{ kind: "removed", cells: removed, changed } as const]),
    ...(added === undefined ? [] : [{ kind: "added", cells: added, changed } as const]),
  ];
}

function changedCells(before: Row, after: Row): readonly number[] {
  const width = Math.max(before.length, after.length);
  return Array.from({ length: width }, (_, at) => at).filter((at) => before[at] !== after[at]);
}
