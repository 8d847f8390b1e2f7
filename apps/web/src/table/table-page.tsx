import type { File, TablePage as Table } from "@notemill/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useState } from "react";
import { Breadcrumbs } from "../browse/breadcrumbs.tsx";
import { DownloadLink } from "../notebook/download-link.tsx";
import { server } from "../server/server.ts";
import { ShareButton } from "../share/share-button.tsx";
import { Ago } from "../shell/ago.tsx";
import { formatBytes } from "../shell/format-bytes.ts";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import { readFilters } from "./read-filters.ts";
import { type TableOrder, TableGrid } from "./table-grid.tsx";
import "../styles/table.css";

const PAGE = 100;

/** Shows a table in a file page by page, sorted and filtered by the server. */
export function TablePage({ file, onText }: { readonly file: File; readonly onText: () => void }): ReactNode {
  useTitle(file.name);
  const [order, setOrder] = useState<TableOrder | null>(null);
  const [offset, setOffset] = useState(0);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const filters = readFilters(useDeferredValue(typed));
  const asked = { order, offset, filters };
  const { data, error, isFetching } = useQuery({
    queryKey: ["table", file.path, file.etag, JSON.stringify(asked)],
    queryFn: async ({ signal }) => {
      const sorted = order === null ? {} : { sort: order.column, order: order.direction };
      const wanted = { filters, offset, limit: PAGE, ...sorted };
      return { ...(await server.readTable(file.path, wanted, { signal })), offset };
    },
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="page">
      <header className="page-head">
        <Breadcrumbs path={file.path} />
        <h1>{file.name}</h1>
        <p className="facts">
          <span>{formatBytes(file.size ?? 0)}</span>
          {file.modified_at !== null && (
            <span>
              changed <Ago time={file.modified_at} />
            </span>
          )}
          {data !== undefined && <span>{columnsText(data)}</span>}
        </p>
        <div className="actions">
          <DownloadLink path={file.path} />
          <button type="button" onClick={onText}>
            As text
          </button>
          <ShareButton thing={{ kind: "file", path: file.path }} />
        </div>
      </header>
      {error !== null && <Problem error={error} />}
      {data === undefined && error === null && <p className="quiet">Reading the table …</p>}
      {data !== undefined && (
        <>
          <TableGrid
            table={data}
            order={order}
            typed={typed}
            isStale={isFetching}
            onOrder={(next) => {
              setOrder(next);
              setOffset(0);
            }}
            onFilter={(column, text) => {
              setTyped({ ...typed, [column]: text });
              setOffset(0);
            }}
          />
          <div className="table-foot">
            <p className="quiet" aria-live="polite">
              {rowsText(data)}
            </p>
            <button
              type="button"
              disabled={offset === 0}
              onClick={() => setOffset(Math.max(0, offset - PAGE))}
            >
              Previous rows
            </button>
            <button
              type="button"
              disabled={offset + PAGE >= data.row_count}
              onClick={() => setOffset(offset + PAGE)}
            >
              Next rows
            </button>
          </div>
        </>
      )}
    </div>
  );
}

function columnsText({ columns, column_count: all }: Table): string {
  return columns.length < all ? `the first ${columns.length} of ${count(all)} columns` : `${all} columns`;
}

/** Which rows are shown, which may still be those of the page before. */
function rowsText({ offset, rows, row_count: all }: Table & { readonly offset: number }): string {
  if (all === 0) return "No row is like this.";
  if (all === 1) return "The only row";
  return `${count(offset + 1)}–${count(offset + rows.length)} of ${count(all)} rows`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
