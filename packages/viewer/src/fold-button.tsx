import type { ReactNode } from "react";
import type { FoldedPart, Folds } from "./folds.ts";

/** Properties of {@link FoldButton}. */
export interface FoldButtonProps {
  readonly folds: Folds;
  readonly anchor: string;
  readonly part: FoldedPart;
  readonly isFolded: boolean;
  /** What it folds, in a word. */
  readonly word: string;
  /** The same, so that it is told apart from others. */
  readonly name: string;
  /** What is shown of it while it is folded. */
  readonly summary: () => string;
}

/** Folds and unfolds a part of a cell. */
export function FoldButton(props: FoldButtonProps): ReactNode {
  const { folds, anchor, part, isFolded, word, name, summary } = props;
  const words = isFolded ? summary() : "";
  return (
    <button
      type="button"
      className="fold"
      data-part={part}
      aria-expanded={!isFolded}
      aria-label={words === "" ? name : `${name}: ${words}`}
      onClick={() => folds.set({ anchor, part }, !isFolded)}
    >
      {words === "" ? (
        <span className="fold-word">{word}</span>
      ) : (
        <span className="fold-summary">{words}</span>
      )}
    </button>
  );
}
