import { formatDuration } from "@notemill/html-export";
import { type ReactNode, useState } from "react";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";
import { statusWord } from "./status-word.ts";
import { shownNumber, sortRows, type SweepOrder, type SweepTable } from "./sweep-table.ts";

/** The runs of a sweep as a table, which each of its columns sorts. */
export function ChildrenTable({ table }: { readonly table: SweepTable }): ReactNode {
  const [order, setOrder] = useState<SweepOrder>({ by: "#", direction: "up" });
  const { varied, metrics } = table;
  const columns = [
    ["#", "Run"],
    ...varied.map((name) => [`p:${name}`, name] as const),
    ["status", "Status"],
    ["seconds", "Took"],
    ...metrics.map((name) => [`m:${name}`, name] as const),
  ] as const;
  const sort = (by: string): void =>
    setOrder({ by, direction: order.by === by && order.direction === "up" ? "down" : "up" });
  return (
    <div className="matrix-place" role="region" aria-label="Table of the runs" tabIndex={0}>
      <table className="list children">
        <thead>
          <tr>
            {columns.map(([by, name]) => (
              <th
                scope="col"
                key={by}
                aria-sort={
                  order.by !== by ? undefined : order.direction === "up" ? "ascending" : "descending"
                }
              >
                <button type="button" className="plain" onClick={() => sort(by)}>
                  {name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sortRows(table.rows, order).map((row) => (
            <tr key={row.index}>
              <td>
                {row.runId === null || row.status === "not_started" ? (
                  row.index + 1
                ) : (
                  <Link href={runHref(row.runId)} aria-label={`Run ${row.index + 1}`}>
                    {row.index + 1}
                  </Link>
                )}
              </td>
              {varied.map((name) => (
                <td key={name} className="value">
                  {row.parameters.get(name)}
                </td>
              ))}
              <td>
                <span className="status" data-status={row.status} title={row.problem ?? undefined}>
                  {statusWord(row.status)}
                </span>
                {row.isKept && <span className="where">taken over</span>}
                {row.problem !== null && <span className="where">{row.problem}</span>}
              </td>
              <td className="quiet">{row.seconds === null ? "" : formatDuration(row.seconds)}</td>
              {metrics.map((name) => {
                const value = row.metrics.get(name);
                return (
                  <td key={name} className="value">
                    {value === undefined ? "" : shownNumber(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
