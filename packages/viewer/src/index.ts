/**
 * A notebook document to read.
 *
 * {@link NotebookView} shows the cells; {@link ContentsList} its table of contents; {@link FindBar} finds in it,
 * {@link stepCell} goes from cell to cell, and {@link Folds} are what a reader has folded.
 * Text is there at once; code is plain first and highlighted, and outputs are made, near the window.
 */
export type { CellProgress } from "./cell-progress.ts";
export { ContentsList } from "./contents-list.tsx";
export type { ContentsListProps } from "./contents-list.tsx";
export { FindBar } from "./find-bar.tsx";
export type { FindBarProps } from "./find-bar.tsx";
export { createFolds } from "./folds.ts";
export type { FoldedPart, FoldPlace, Folds } from "./folds.ts";
export { NotebookView } from "./notebook-view.tsx";
export type { NotebookViewProps } from "./notebook-view.tsx";
export { stepCell, toggleFold } from "./step-cell.ts";
