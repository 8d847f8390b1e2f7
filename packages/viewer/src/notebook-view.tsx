import type { NotebookRenderer } from "@notemill/html-export";
import { Markup } from "@notemill/outputs";
import { memo, type ReactNode, useDeferredValue, useRef, useState } from "react";
import type { CellProgress } from "./cell-progress.ts";
import { CodeCellView } from "./code-cell-view.tsx";
import { FoldButton } from "./fold-button.tsx";
import { foldedText } from "./folded-words.ts";
import type { Folds } from "./folds.ts";
import { type CellSection, sectionsOf } from "./sections.ts";
import { useCellFolds } from "./use-cell-folds.ts";
import { useHashTarget } from "./use-hash-target.ts";
import { useNear } from "./use-near.ts";

/** Properties of {@link NotebookView}. */
export interface NotebookViewProps {
  readonly renderer: NotebookRenderer;
  /** What is folded; always the same. */
  readonly folds: Folds;
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
  folds,
  code = "show",
  progress,
  failedCellId,
}: NotebookViewProps): ReactNode {
  useHashTarget(renderer.parts, folds);
  const sections = sectionsOf(renderer.parts);
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
              folds={folds}
              section={sections.get(part.anchor) ?? NO_SECTION}
              isCodeHidden={code === "hide"}
              progress={progress?.get(part.cell.id)}
              isFailed={part.cell.id === failedCellId}
            />
          ) : (
            <TextCellView
              key={part.anchor}
              part={part}
              folds={folds}
              section={sections.get(part.anchor) ?? NO_SECTION}
            />
          ),
        )}
    </div>
  );
}

const NO_SECTION: CellSection = { within: [], heading: "", count: 0 };

const TextCellView = memo(function TextCellView({
  part,
  folds,
  section,
}: {
  readonly part: NotebookRenderer["parts"][number];
  readonly folds: Folds;
  readonly section: CellSection;
}): ReactNode {
  const { cell, anchor, text, visibility } = part;
  const isHidden = visibility.source === "hidden";
  const folded = useCellFolds(folds, { anchor, kind: "text", source: isHidden, outputs: false }, section);
  const place = useRef<HTMLDivElement>(null);
  const isNear = useNear(place);
  if (text.trim() === "") return null;
  // What begins with a heading folds what is below it, as in JupyterLab.
  const isHead = section.count > 0 && !isHidden && !folded.source;
  const cells = section.count === 1 ? "1 cell" : `${section.count} cells`;
  return (
    <div
      className="cell text-cell"
      id={anchor}
      ref={place}
      hidden={folded.isAway}
      data-folded={folded.source || undefined}
    >
      {isHead && (isNear || folded.section) && (
        <FoldButton
          folds={folds}
          anchor={anchor}
          part="section"
          isFolded={folded.section}
          word="Section"
          name={`Section ${section.heading}`}
          summary={() => ""}
        />
      )}
      {!isHead && (isNear || folded.source) && (
        <FoldButton
          folds={folds}
          anchor={anchor}
          part="text"
          isFolded={folded.source}
          word="Text"
          name="Text"
          summary={() => foldedText(cell.source)}
        />
      )}
      {!folded.source && <Markup html={text} className="markup prose" />}
      {isHead && folded.section && <p className="folded-away">{cells} folded</p>}
    </div>
  );
});
