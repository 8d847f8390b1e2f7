import type { NotebookRenderer } from "@notemill/html-export";
import { Markup } from "@notemill/outputs";
import { memo, type ReactNode, useDeferredValue, useState } from "react";
import type { CellProgress } from "./cell-progress.ts";
import { CodeCellView } from "./code-cell-view.tsx";
import { Folded } from "./folded.tsx";
import { useHashTarget } from "./use-hash-target.ts";

/** Properties of {@link NotebookView}. */
export interface NotebookViewProps {
  readonly renderer: NotebookRenderer;
  /** Whether code is shown where the notebook does not hide it. Default `show`. */
  readonly code?: "show" | "hide";
  /** What a run that is under way knows better than the document, by cell id. */
  readonly progress?: ReadonlyMap<string, CellProgress> | undefined;
  /** The cell that ended a run. */
  readonly failedCellId?: string | undefined;
}

/** Cells that are shown at once, which fill a window; the others come while the page answers already. */
const FIRST = 24;

/** Shows the cells of a notebook document. */
export function NotebookView({
  renderer,
  code = "show",
  progress,
  failedCellId,
}: NotebookViewProps): ReactNode {
  useHashTarget(renderer);
  // Where the address names a cell, it has to be there.
  const [first] = useState(() => (location.hash === "" ? FIRST : Number.POSITIVE_INFINITY));
  const shown = useDeferredValue(Number.POSITIVE_INFINITY, first);
  return (
    <div className="notebook" data-code={code}>
      {renderer.parts
        .slice(0, shown)
        .map((part) =>
          part.cell.cell_type === "code" ? (
            <CodeCellView
              key={part.anchor}
              part={part}
              cell={part.cell}
              renderer={renderer}
              isCodeHidden={code === "hide"}
              progress={progress?.get(part.cell.id)}
              isFailed={part.cell.id === failedCellId}
            />
          ) : (
            <TextCellView key={part.anchor} part={part} />
          ),
        )}
    </div>
  );
}

const TextCellView = memo(function TextCellView({
  part: { anchor, text, visibility },
}: {
  readonly part: NotebookRenderer["parts"][number];
}): ReactNode {
  if (text.trim() === "") return null;
  const markup = <Markup html={text} className="markup prose" />;
  return (
    <div className="cell text-cell" id={anchor}>
      {visibility.source === "hidden" ? <Folded label="Text">{markup}</Folded> : markup}
    </div>
  );
});
