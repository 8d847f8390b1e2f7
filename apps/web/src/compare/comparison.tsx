import { createNotebookRenderer, formatDuration, type NotebookRenderer } from "@notemill/html-export";
import type { JsonValue } from "@notemill/json";
import { type CellPair, compareNotebooks, type Output } from "@notemill/nbformat";
import { memo, type ReactNode, useMemo, useState } from "react";
import { declaredParameters } from "../parameters/declared-parameters.ts";
import { changeOf, type FactPair, pairTimes, pairValues } from "./fact-difference.ts";
import { LineDifference } from "./line-difference.tsx";
import { compareOutputs, type OutputDifference } from "./output-difference.ts";
import { OutputDifferences } from "./output-differences.tsx";
import type { LoadedSide } from "./use-side.ts";

interface ComparisonProps {
  readonly before: LoadedSide;
  readonly after: LoadedSide;
}

interface ComparedCell extends CellPair {
  readonly key: string;
  readonly isSourceSame: boolean;
  readonly outputs: readonly OutputDifference[];
  readonly isSame: boolean;
  /** How long it took in each, in seconds. */
  readonly seconds: readonly [number | null, number | null];
}

/** Tables are compared as far as this. */
const WHOLE = { maxTableRows: 2000 };

/** How two notebooks differ: what their runs were given, measured and took, and cell by cell. */
export function Comparison({ before, after }: ComparisonProps): ReactNode {
  const left = useMemo(() => createNotebookRenderer(before.notebook, WHOLE), [before]);
  const right = useMemo(() => createNotebookRenderer(after.notebook, WHOLE), [after]);
  const defaults = useMemo(
    () => [defaultsOf(before.notebook), defaultsOf(after.notebook)] as const,
    [before, after],
  );
  const [code, setCode] = useState<"all" | "outputs">("all");
  const cells = useMemo(() => compareCells(before, after, left, right), [before, after, left, right]);
  const isShown = (cell: ComparedCell): boolean =>
    code === "all" ? !cell.isSame : cell.outputs.some(({ kind }) => kind !== "same");
  const shown = cells.filter(isShown);
  const sameCount = cells.length - shown.length;
  return (
    <>
      {before.run !== null && after.run !== null && (
        <div className="fact-tables">
          <FactTable
            title="Parameters"
            pairs={pairValues(before.run.parameters.text, after.run.parameters.text, defaults)}
          />
          <FactTable title="Metrics" pairs={pairValues(before.run.metrics.text, after.run.metrics.text)} />
          <FactTable title="Time" pairs={pairTimes(before.run, after.run)} />
        </div>
      )}
      <div className="compare-head">
        <h2>Cells</h2>
        <p className="quiet" aria-live="polite">
          {shown.length === 0 ? "They are the same" : countText(shown.length, "differ", "differs")}
          {shown.length > 0 && sameCount > 0 && `, ${countText(sameCount, "are the same", "is the same")}`}
        </p>
        <button
          type="button"
          aria-pressed={code === "outputs"}
          onClick={() => setCode(code === "all" ? "outputs" : "all")}
        >
          Only outputs
        </button>
      </div>
      {shown.map((cell) => (
        <CellDifference key={cell.key} cell={cell} before={left} after={right} code={code} />
      ))}
    </>
  );
}

const CellDifference = memo(function CellDifference({
  cell,
  before,
  after,
  code,
}: {
  readonly cell: ComparedCell;
  readonly before: NotebookRenderer;
  readonly after: NotebookRenderer;
  readonly code: "all" | "outputs";
}): ReactNode {
  const [x, y] = cell.seconds;
  const change = x === null || y === null ? null : changeOf(x, y);
  return (
    <section className="cell-difference" aria-label={cell.key}>
      <p className="cell-facts">
        <b>{cell.key}</b>
        {cell.before === null && <span>new</span>}
        {cell.after === null && <span>gone</span>}
        {cell.isMoved && <span>moved</span>}
        {x !== null && y !== null && Math.max(x, y) >= 0.1 && (
          <span className="tabular">
            {formatDuration(x)} → {formatDuration(y)}
            {change !== null && ` (${change})`}
          </span>
        )}
      </p>
      {code === "all" && !cell.isSourceSame && <LineDifference lines={cell.source} />}
      <OutputDifferences cell={cell.key} differences={cell.outputs} before={before} after={after} />
    </section>
  );
});

function FactTable({
  title,
  pairs,
}: {
  readonly title: string;
  readonly pairs: readonly FactPair[];
}): ReactNode {
  if (pairs.length === 0) return null;
  return (
    <table className="fact-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Name</span>
          </th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">
            <span className="unseen">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ name, before, after, change }) => (
          <tr key={name} data-differs={before !== after || undefined}>
            <th scope="row" data-long={isLong(name)}>
              {name}
            </th>
            <td data-long={isLong(before)}>{before ?? "–"}</td>
            <td data-long={isLong(after)}>{after ?? "–"}</td>
            <td className="quiet">{change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A word that is as long as this may be broken anywhere; a shorter one and a number stay whole. */
const LONG_WORD = 20;

function isLong(text: string | null): true | undefined {
  return text?.split(/\s/).some((word) => word.length > LONG_WORD) === true || undefined;
}

function compareCells(
  before: LoadedSide,
  after: LoadedSide,
  left: NotebookRenderer,
  right: NotebookRenderer,
): readonly ComparedCell[] {
  const secondsBefore = new Map(left.parts.map(({ cell, seconds }) => [cell, seconds]));
  const secondsAfter = new Map(right.parts.map(({ cell, seconds }) => [cell, seconds]));
  const place = new Map([
    ...before.notebook.cells.map((cell, at) => [cell, at + 1] as const),
    ...after.notebook.cells.map((cell, at) => [cell, at + 1] as const),
  ]);
  return compareNotebooks(before.notebook, after.notebook).map((pair) => {
    const outputs = compareOutputs(outputsOf(pair.before), outputsOf(pair.after), right.renderOutputs);
    const isSourceSame = pair.source.every(({ kind }) => kind === "same");
    const isBoth = pair.before !== null && pair.after !== null;
    const cell = pair.after ?? pair.before;
    const number = cell === null ? 0 : (place.get(cell) ?? 0);
    return {
      ...pair,
      key: pair.after === null ? `Cell ${number} of before` : `Cell ${number}`,
      isSourceSame,
      outputs,
      isSame: isBoth && isSourceSame && !pair.isMoved && outputs.every(({ kind }) => kind === "same"),
      seconds: [
        pair.before === null ? null : (secondsBefore.get(pair.before) ?? null),
        pair.after === null ? null : (secondsAfter.get(pair.after) ?? null),
      ],
    };
  });
}

/** The values that a notebook declares as defaults, by name. */
function defaultsOf(notebook: LoadedSide["notebook"]): ReadonlyMap<string, JsonValue> {
  return new Map(
    declaredParameters(notebook).flatMap(({ name, value }) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}

function outputsOf(cell: CellPair["before"]): readonly Output[] {
  return cell?.cell_type === "code" ? cell.outputs : [];
}

function countText(count: number, many: string, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
