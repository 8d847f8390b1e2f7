import type { DataTable } from "@notemill/html-export";
import { type ReactNode, useMemo, useState } from "react";
import { nextSorting, ROWS_OF_PAGE, sortedRows, type Sorting } from "./sort-rows.ts";

/** Longer text breaks into lines, in UTF-16 units. */
const NARROW_CELL = 48;

/** Shows a table page by page, sorted by the column that a reader chooses. */
export function TableOutput({
  table,
  isSampled,
}: {
  readonly table: DataTable;
  readonly isSampled: boolean;
}): ReactNode {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [first, setFirst] = useState(0);
  const rows = useMemo(() => sortedRows(table, sorting), [table, sorting]);
  const shown = rows.slice(first, first + ROWS_OF_PAGE);
  const last = first + shown.length;
  return (
    <div className="output">
      <section className="box data" role="group" aria-label="Table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {table.columns.map(({ name, isNumber }, column) => (
                <th
                  key={column}
                  scope="col"
                  className={isNumber ? "number" : undefined}
                  aria-sort={sorting?.column === column ? sorting.direction : undefined}
                >
                  <button
                    type="button"
                    className="sort"
                    onClick={() => {
                      setSorting(nextSorting(sorting, column));
                      setFirst(0);
                    }}
                  >
                    {name}
                    <span aria-hidden="true">
                      {sorting?.column === column && (sorting.direction === "ascending" ? " ↑" : " ↓")}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row}>
                {table.cells(row).map((text, column) => (
                  <Cell key={column} text={text} column={table.columns[column]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="note table-pages">
        <span aria-live="polite">
          {rows.length === 0 ? "No rows" : `${count(first + 1)}–${count(last)} of ${count(rows.length)} rows`}
          {isSampled && ", a sample of the data"}
        </span>
        {rows.length > ROWS_OF_PAGE && (
          <>
            <button
              type="button"
              disabled={first === 0}
              onClick={() => setFirst(Math.max(0, first - ROWS_OF_PAGE))}
            >
              Previous rows
            </button>
            <button
              type="button"
              disabled={last >= rows.length}
              onClick={() => setFirst(first + ROWS_OF_PAGE)}
            >
              Next rows
            </button>
          </>
        )}
      </p>
    </div>
  );
}

function Cell({
  text,
  column,
}: {
  readonly text: string;
  readonly column: DataTable["columns"][number] | undefined;
}): ReactNode {
  const kind = column?.isNumber === true ? "number" : text.length > NARROW_CELL ? "long" : undefined;
  // A heading without text says nothing to a screen reader.
  return column?.isKey === true && text !== "" ? (
    <th scope="row" className={kind}>
      {text}
    </th>
  ) : (
    <td className={kind}>{text}</td>
  );
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
