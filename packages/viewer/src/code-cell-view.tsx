import type { CellPart, NotebookRenderer } from "@notemill/html-export";
import { formatDuration } from "@notemill/html-export";
import type { CodeCell } from "@notemill/nbformat";
import { Markup, Outputs } from "@notemill/outputs";
import { memo, type ReactNode, useMemo, useRef } from "react";
import type { CellProgress } from "./cell-progress.ts";
import { CopyButton } from "./copy-button.tsx";
import { FoldButton } from "./fold-button.tsx";
import { foldedOutputs, foldedText } from "./folded-words.ts";
import type { Folds } from "./folds.ts";
import type { CellSection } from "./sections.ts";
import { useCellFolds } from "./use-cell-folds.ts";
import { useNear } from "./use-near.ts";

interface CodeCellViewProps {
  readonly part: CellPart;
  readonly cell: CodeCell;
  readonly renderer: NotebookRenderer;
  readonly folds: Folds;
  readonly section: CellSection;
  readonly isCodeHidden: boolean;
  readonly progress: CellProgress | undefined;
  readonly isFailed: boolean;
}

/** Shows a code cell: its prompt, its source, and what came of it. */
export const CodeCellView = memo(function CodeCellView(props: CodeCellViewProps): ReactNode {
  const { part, cell, renderer, folds, section, isCodeHidden, progress, isFailed } = props;
  const { anchor, visibility, label } = part;
  const place = useRef<HTMLDivElement>(null);
  const isNear = useNear(place);
  const folded = useCellFolds(
    folds,
    {
      anchor,
      kind: "source",
      source: visibility.source === "hidden",
      // A run that failed says so, whatever its notebook would rather hide.
      outputs: visibility.outputs === "hidden" && !isFailed,
    },
    section,
  );
  const outputs = progress?.outputs ?? cell.outputs;
  const hasCode = cell.source.trim() !== "" && visibility.source !== "removed" && !isCodeHidden;
  const shown =
    visibility.outputs === "removed"
      ? outputs.filter((it) => it.output_type === "error" && isFailed)
      : outputs;
  const isRunning = progress?.status === "running";
  if (!hasCode && shown.length === 0 && !isFailed && !isRunning) return null;

  const of = cell.execution_count === null ? "this cell" : `cell ${cell.execution_count}`;
  const state = isFailed ? " failed" : isRunning ? " running" : "";
  return (
    <div className={`cell code-cell${state}`} id={anchor} ref={place} hidden={folded.isAway}>
      {hasCode && <Prompt part={part} cell={cell} progress={progress} />}
      <div className="cell-body">
        {isFailed && <p className="stopped-here">The run stopped here.</p>}
        {hasCode && (
          <div className="foldable of-source" data-folded={folded.source || undefined}>
            {(isNear || folded.source) && (
              <FoldButton
                folds={folds}
                anchor={anchor}
                part="source"
                isFolded={folded.source}
                word="Code"
                name={`Code of ${of}`}
                summary={() => foldedText(cell.source)}
              />
            )}
            {!folded.source && <Source cell={cell} renderer={renderer} isNear={isNear} label={label} />}
          </div>
        )}
        {shown.length > 0 && (
          <div className="foldable of-outputs" data-folded={folded.outputs || undefined}>
            {(isNear || folded.outputs) && (
              <FoldButton
                folds={folds}
                anchor={anchor}
                part="outputs"
                isFolded={folded.outputs}
                word="Output"
                name={`Output of ${of}`}
                summary={() => foldedOutputs(shown)}
              />
            )}
            {!folded.outputs && (
              <div className="markup cell-outputs">
                {isNear && <Outputs outputs={shown} render={renderer.renderOutputs} />}
              </div>
            )}
          </div>
        )}
        {isRunning && <p className="runs-now">Running</p>}
      </div>
    </div>
  );
});

function Source({
  cell,
  renderer,
  isNear,
  label,
}: Pick<CodeCellViewProps, "cell" | "renderer"> & {
  readonly isNear: boolean;
  readonly label: string | undefined;
}): ReactNode {
  const html = useMemo(() => (isNear ? renderer.renderCode(cell) : undefined), [cell, renderer, isNear]);
  return (
    <div className="markup source">
      {label !== undefined && <p className="label">{label}</p>}
      <div className="code-place">
        {isNear && <CopyButton label="Copy the code" text={cell.source} />}
        <pre className="code">
          {html === undefined ? <code>{cell.source}</code> : <Markup as="code" html={html} />}
        </pre>
      </div>
    </div>
  );
}

/** The number of the execution, which is a link to the cell, and how long it took if that was long. */
function Prompt({
  part: { anchor, seconds: written },
  cell,
  progress,
}: Pick<CodeCellViewProps, "part" | "cell" | "progress">): ReactNode {
  const count = progress?.executionCount ?? cell.execution_count;
  const mark = progress?.status === "running" ? "*" : (count ?? " ");
  const seconds = progress === undefined ? written : progress.duration;
  return (
    <p className="prompt">
      <a href={`#${anchor}`} aria-label={count === null ? "Cell, not run" : `Cell ${count}`}>
        [{mark}]
      </a>
      {seconds !== null && seconds >= 1 && <span className="took">{formatDuration(seconds)}</span>}
    </p>
  );
}
