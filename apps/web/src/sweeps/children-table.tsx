import { formatDuration } from "@notemill/html-export";
import { type ReactNode, useState } from "react";
import { compareHref } from "../compare/side.ts";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";
import { isOver } from "../runs/status-badge.tsx";
import { statusWord } from "./status-word.ts";
import {
  numberOf,
  shownNumber,
  sortRows,
  type SweepOrder,
  type SweepRow,
  type SweepTable,
} from "./sweep-table.ts";

/** The runs of a sweep as a table, which each of its columns sorts. */
export function ChildrenTable({ table }: { readonly table: SweepTable }): ReactNode {
  const [order, setOrder] = useState<SweepOrder>({ by: "#", direction: "up" });
  const { varied, metrics } = table;
  const [chosen, setChosen] = useState<readonly SweepRow[]>([]);
  const isNumeric = (name: string): boolean =>
    table.rows.every(({ parameters }) => numberOf(parameters.get(name) ?? "0") !== null);
  const numeric = new Set([
    "#",
    "seconds",
    ...varied.filter(isNumeric).map((name) => `p:${name}`),
    ...metrics.map((name) => `m:${name}`),
  ]);
  const endOf = (by: string): string | undefined => (numeric.has(by) ? "end" : undefined);
  const canCompare = table.rows.filter(isComparable).length > 1;
  // Two are compared: who chooses a third one lets go of the first.
  const choose = (row: SweepRow): void =>
    setChosen(
      chosen.some(({ index }) => index === row.index)
        ? chosen.filter(({ index }) => index !== row.index)
        : [...chosen.slice(-1), row],
    );
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
    <>
      {canCompare && <CompareLink chosen={chosen} />}
      <div className="matrix-place" role="region" aria-label="Table of the runs" tabIndex={0}>
        <table className="list children">
          <thead>
            <tr>
              {canCompare && (
                <th scope="col">
                  <span className="unseen">Compare</span>
                </th>
              )}
              {columns.map(([by, name]) => (
                <th
                  scope="col"
                  key={by}
                  className={endOf(by)}
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
                {canCompare && (
                  <td>
                    {isComparable(row) && (
                      <input
                        type="checkbox"
                        aria-label={`Compare run ${row.index + 1}`}
                        checked={chosen.some(({ index }) => index === row.index)}
                        onChange={() => choose(row)}
                      />
                    )}
                  </td>
                )}
                <td className="end">
                  {row.runId === null || row.status === "not_started" ? (
                    row.index + 1
                  ) : (
                    <Link href={runHref(row.runId)} aria-label={`Run ${row.index + 1}`}>
                      {row.index + 1}
                    </Link>
                  )}
                </td>
                {varied.map((name) => (
                  <td key={name} className={numeric.has(`p:${name}`) ? "value end" : "value"}>
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
                <td className="quiet end">{row.seconds === null ? "" : formatDuration(row.seconds)}</td>
                {metrics.map((name) => {
                  const value = row.metrics.get(name);
                  return (
                    <td key={name} className="value end">
                      {value === undefined ? "" : shownNumber(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Whether a run has left something that can be compared. */
function isComparable({ runId, status }: SweepRow): boolean {
  return runId !== null && status !== "not_started" && isOver(status);
}

/** Leads to the comparison of two runs that are chosen, the one with the lower number first. */
function CompareLink({ chosen }: { readonly chosen: readonly SweepRow[] }): ReactNode {
  const [before, after] = chosen.toSorted((a, b) => a.index - b.index);
  const text = "Choose two runs in the table to compare them.";
  return (
    <p className="compare-chosen" aria-live="polite">
      {before?.runId == null || after?.runId == null ? (
        <span className="quiet">{text}</span>
      ) : (
        <Link
          className="button"
          href={compareHref({ kind: "run", id: before.runId }, { kind: "run", id: after.runId })}
        >
          Compare runs {before.index + 1} and {after.index + 1}
        </Link>
      )}
    </p>
  );
}
