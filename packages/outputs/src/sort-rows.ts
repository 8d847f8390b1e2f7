import type { DataTable } from "@notemill/html-export";

/** Rows of a table that are shown at once. */
export const ROWS_OF_PAGE = 50;

/** Which column a table is sorted by. */
export interface Sorting {
  readonly column: number;
  readonly direction: "ascending" | "descending";
}

const compareTexts = new Intl.Collator(undefined, { numeric: true }).compare;

/** The rows of a table in the order that a sorting gives; rows without a value come last. */
export function sortedRows(
  { rowCount, columns, cells }: DataTable,
  sorting: Sorting | null,
): readonly number[] {
  const rows = Array.from({ length: rowCount }, (_, index) => index);
  if (sorting === null) return rows;
  const { column, direction } = sorting;
  const texts = rows.map((row) => cells(row)[column] ?? "");
  const isNumber = columns[column]?.isNumber === true;
  const sign = direction === "ascending" ? 1 : -1;
  return rows.sort((a, b) => {
    const [left = "", right = ""] = [texts[a], texts[b]];
    if (left === "" || right === "") return Number(left === "") - Number(right === "") || a - b;
    const order = isNumber ? compareNumbers(Number(left), Number(right)) : compareTexts(left, right);
    return order * sign || a - b;
  });
}

/** What is no number, as `NaN`, is above all. */
function compareNumbers(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right))
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
  return left < right ? -1 : Number(left > right);
}

/** What a press on the head of a column makes of a sorting: up, down, and as it was. */
export function nextSorting(sorting: Sorting | null, column: number): Sorting | null {
  if (sorting?.column !== column) return { column, direction: "ascending" };
  return sorting.direction === "ascending" ? { column, direction: "descending" } : null;
}
