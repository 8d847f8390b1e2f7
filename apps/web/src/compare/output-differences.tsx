import type { NotebookRenderer } from "@notemill/html-export";
import { Outputs } from "@notemill/outputs";
import type { ReactNode } from "react";
import { LineDifference } from "./line-difference.tsx";
import type { OutputDifference } from "./output-difference.ts";
import type { RowEdit } from "./row-edits.ts";

interface OutputDifferencesProps {
  /** What the cell is called. */
  readonly cell: string;
  readonly differences: readonly OutputDifference[];
  readonly before: NotebookRenderer;
  readonly after: NotebookRenderer;
}

/** How the outputs of a cell differ; those that are the same are not shown. */
export function OutputDifferences({ cell, differences, before, after }: OutputDifferencesProps): ReactNode {
  return differences.map((difference, at) => {
    switch (difference.kind) {
      case "same":
        return null;
      case "text":
        return <LineDifference key={at} lines={difference.lines} />;
      case "table":
        return (
          <TableDifference
            key={at}
            label={`Rows that differ in output ${at + 1} of ${cell}`}
            head={difference.head}
            rows={difference.rows}
          />
        );
      case "shown":
        return (
          <div key={at} className="beside">
            <div className="markup" data-side="before">
              <p className="side-name">Before</p>
              {difference.before === null ? (
                <p className="quiet">nothing</p>
              ) : (
                <Outputs outputs={[difference.before]} render={before.renderOutputs} />
              )}
            </div>
            <div className="markup" data-side="after">
              <p className="side-name">After</p>
              {difference.after === null ? (
                <p className="quiet">nothing</p>
              ) : (
                <Outputs outputs={[difference.after]} render={after.renderOutputs} />
              )}
            </div>
          </div>
        );
    }
  });
}

/** Rows that are the same and this far from what differs are left out. */
const CONTEXT = 2;

function TableDifference({
  label,
  head,
  rows,
}: {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly RowEdit[];
}): ReactNode {
  const isNear = (at: number): boolean =>
    rows.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ kind }) => kind !== "same");
  return (
    <div className="table-place" tabIndex={0} role="region" aria-label={label}>
      <table className="table-difference">
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">Difference</span>
            </th>
            {head.map((name, at) => (
              <th scope="col" key={at}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, cells, changed }, at) =>
            isNear(at) ? (
              <tr key={at} data-kind={kind}>
                <td aria-label={kind === "same" ? "the same" : kind}>
                  {kind === "removed" ? "−" : kind === "added" ? "+" : ""}
                </td>
                {cells.map((cell, index) => (
                  <td key={index} data-changed={changed.includes(index) || undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
    </div>
  );
}
