import type { TablePage } from "@notemill/api";
import type { ReactNode } from "react";

/** Which column a table is sorted by. */
export interface TableOrder {
  readonly column: string;
  readonly direction: "asc" | "desc";
}

interface TableGridProps {
  readonly table: TablePage;
  readonly order: TableOrder | null;
  /** What is in the fields of the filters, by column. */
  readonly typed: Readonly<Record<string, string>>;
  /** Whether other rows are under way. */
  readonly isStale: boolean;
  readonly onOrder: (order: TableOrder | null) => void;
  readonly onFilter: (column: string, text: string) => void;
}

/** The rows of a page of a table, below heads that sort and fields that filter. */
export function TableGrid({ table, order, typed, isStale, onOrder, onFilter }: TableGridProps): ReactNode {
  return (
    <div className="table-grid" tabIndex={0} role="group" aria-label="Rows" aria-busy={isStale}>
      <table>
        <thead>
          <tr>
            {table.columns.map(({ name, type, is_number: isNumber }) => (
              <th
                key={name}
                scope="col"
                className={isNumber ? "end" : undefined}
                aria-sort={
                  order?.column === name
                    ? order.direction === "asc"
                      ? "ascending"
                      : "descending"
                    : undefined
                }
              >
                <button
                  type="button"
                  className="sort"
                  title={type}
                  onClick={() => onOrder(nextOrder(order, name))}
                >
                  {name}
                  <span aria-hidden="true">
                    {order?.column === name && (order.direction === "asc" ? " ↑" : " ↓")}
                  </span>
                </button>
                <input
                  aria-label={`Filter ${name}`}
                  placeholder={isNumber ? "> 10" : "has …"}
                  value={typed[name] ?? ""}
                  spellCheck={false}
                  autoComplete="off"
                  onChange={({ target }) => onFilter(name, target.value)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((text, column) => (
                <td key={column} className={table.columns[column]?.is_number === true ? "end" : undefined}>
                  {text ?? <span className="quiet">null</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Up, down, and as in the file. */
function nextOrder(order: TableOrder | null, column: string): TableOrder | null {
  if (order?.column !== column) return { column, direction: "asc" };
  return order.direction === "asc" ? { column, direction: "desc" } : null;
}
