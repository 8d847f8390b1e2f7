import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";
import { share } from "./scale.ts";
import { statusWord } from "./status-word.ts";
import { shownNumber, sweepMatrix, type SweepRow } from "./sweep-table.ts";

interface MatrixViewProps {
  readonly rows: readonly SweepRow[];
  readonly down: string;
  readonly across: string;
  /** What the cells show of runs that are over; their status where there is none. */
  readonly metric: string | undefined;
}

/** The runs of a sweep by two parameters, as they go. */
export function MatrixView({ rows, down, across, metric }: MatrixViewProps): ReactNode {
  const matrix = sweepMatrix(rows, { down, across });
  const values = rows.flatMap((row) => {
    const value = metric === undefined ? undefined : row.metrics.get(metric);
    return value === undefined || !Number.isFinite(value) ? [] : [value];
  });
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (
    <div className="matrix-place" role="region" aria-label="Matrix of the runs" tabIndex={0}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col" className="corner">
              {down} <span aria-hidden="true">↓</span> {across} <span aria-hidden="true">→</span>
            </th>
            {matrix.columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map(({ value, cells }) => (
            <tr key={value}>
              <th scope="row">{value}</th>
              {cells.map((runs, index) => (
                <td key={matrix.columns[index]}>
                  {runs.map((row) => (
                    <Cell key={row.index} row={row} metric={metric} low={low} high={high} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  row,
  metric,
  low,
  high,
}: {
  readonly row: SweepRow;
  readonly metric: string | undefined;
  readonly low: number;
  readonly high: number;
}): ReactNode {
  const value = metric === undefined ? undefined : row.metrics.get(metric);
  const word = statusWord(row.status);
  const title = row.problem === null ? word : `${word}: ${row.problem}`;
  const text = value === undefined ? word : shownNumber(value);
  const shade = value === undefined ? undefined : Math.round(share(value, low, high) * 4);
  const attributes = { className: "matrix-cell", title, "data-status": row.status, "data-shade": shade };
  if (row.runId === null || row.status === "not_started") return <span {...attributes}>{text}</span>;
  return (
    <Link {...attributes} href={runHref(row.runId)}>
      {text}
    </Link>
  );
}
