import { nextSorting, ROWS_OF_PAGE, sortedRows, type Sorting } from "./sort-rows.ts";

/**
 * Makes the tables within an element sortable by the heads of their columns, and gives those of many rows pages, as
 * data frames are written: rows and cells stay what they are, and only their order changes.
 *
 * A table whose cells go over several rows or columns stays as it is.
 */
export function makeTablesSortable(element: Element): void {
  for (const table of element.querySelectorAll("table")) {
    const heads = headsOf(table);
    const body = table.tBodies[0];
    if (heads !== null && body !== undefined && table.tBodies.length === 1) makeSortable(body, heads);
  }
}

/** Cells of a table that can be sorted; to look through more would hold up the page. */
const MOST_CELLS = 200_000;

/**
 * The cell that names each column of a table: the last one of its head that says something, since pandas names the index
 * in a row of its own. Null where there is none to go by.
 */
function headsOf(table: HTMLTableElement): readonly HTMLTableCellElement[] | null {
  const width = table.tBodies[0]?.rows[0]?.cells.length ?? 0;
  const rows = [...(table.tHead?.rows ?? [])]
    .map((row) => [...row.cells])
    .filter((it) => it.length === width);
  const isNamed = (cell: Element | undefined): boolean => (cell?.textContent.trim() ?? "") !== "";
  const heads = (rows[0] ?? []).map((cell, at) => rows.findLast((row) => isNamed(row[at]))?.[at] ?? cell);
  return heads.some(isNamed) ? heads : null;
}

function makeSortable(body: HTMLTableSectionElement, heads: readonly HTMLTableCellElement[]): void {
  const rows = [...body.rows];
  if (rows.length < 2 || rows.length * heads.length > MOST_CELLS) return;
  const isPlain = rows.every(
    ({ cells }) =>
      cells.length === heads.length && [...cells].every(({ rowSpan, colSpan }) => rowSpan * colSpan === 1),
  );
  if (!isPlain) return;
  // Read once: what is sorted may be long.
  let known: ReturnType<typeof readTable> | undefined;
  let order: readonly number[] = rows.map((_, index) => index);
  let sorting: Sorting | null = null;
  let first = 0;
  const pages = rows.length > ROWS_OF_PAGE ? addPages(body, rows.length, (step) => show(first + step)) : null;
  const show = (from: number): void => {
    first = Math.max(0, Math.min(from, rows.length - 1));
    for (const [place, index] of order.entries()) {
      const row = rows[index];
      if (row !== undefined) row.hidden = pages !== null && (place < first || place >= first + ROWS_OF_PAGE);
    }
    pages?.(first);
  };
  for (const [column, head] of heads.entries()) {
    if (head.textContent.trim() === "") continue;
    const button = document.createElement("button");
    const mark = document.createElement("span");
    button.type = "button";
    button.className = "sort";
    mark.ariaHidden = "true";
    button.append(...head.childNodes, mark);
    head.append(button);
    button.addEventListener("click", () => {
      sorting = nextSorting(sorting, column);
      known ??= readTable(rows, heads.length);
      order = sortedRows(known, sorting);
      body.append(...order.flatMap((index) => rows[index] ?? []));
      for (const it of heads) {
        it.removeAttribute("aria-sort");
        const itsMark = it.querySelector(".sort > span:last-child");
        if (itsMark !== null) itsMark.textContent = "";
      }
      if (sorting !== null) {
        head.ariaSort = sorting.direction;
        mark.textContent = sorting.direction === "ascending" ? " ↑" : " ↓";
      }
      show(0);
    });
  }
  show(0);
}

/** The texts of rows, and which columns are numbers: those where all that is there is one. */
function readTable(rows: readonly HTMLTableRowElement[], width: number): Parameters<typeof sortedRows>[0] {
  const texts = rows.map(({ cells }) => Array.from(cells, ({ textContent }) => textContent.trim()));
  const isNumber = Array.from({ length: width }, (_, column) =>
    texts.every((row) => valueOf(row[column]) === "" || Number.isFinite(Number(valueOf(row[column])))),
  );
  return {
    rowCount: rows.length,
    columns: isNumber.map((it) => ({ name: "", isNumber: it, isKey: false })),
    cells: (row) =>
      (texts[row] ?? []).map((text, column) => (isNumber[column] === true ? valueOf(text) : text)),
  };
}

/** A number without what makes it easy to read; empty where it stands for nothing. */
function valueOf(text = ""): string {
  return /^(?:nan|none|nat|null|<na>)$/i.test(text) ? "" : text.replaceAll(/[,\u00A0%]/g, "");
}

/** Adds what goes from page to page below a table. @returns What tells it where the page begins. */
function addPages(body: HTMLElement, count: number, onStep: (step: number) => void): (first: number) => void {
  const place = body.closest("section.box") ?? body.closest("table");
  const line = document.createElement("p");
  const text = document.createElement("span");
  line.className = "note table-pages";
  text.ariaLive = "polite";
  const step = (label: string, by: number): HTMLButtonElement => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => onStep(by));
    return button;
  };
  const previous = step("Previous rows", -ROWS_OF_PAGE);
  const next = step("Next rows", ROWS_OF_PAGE);
  line.append(text, previous, next);
  place?.after(line);
  const shown = (value: number): string => value.toLocaleString("en-US");
  return (first) => {
    const last = Math.min(count, first + ROWS_OF_PAGE);
    text.textContent = `${shown(first + 1)}–${shown(last)} of ${shown(count)} rows`;
    previous.disabled = first === 0;
    next.disabled = last >= count;
  };
}
