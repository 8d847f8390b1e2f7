/**
 * A notebook document to read.
 *
 * {@link NotebookView} shows the cells; {@link ContentsList} its table of contents; {@link FindBar} finds in it, and
 * {@link stepCell} goes from cell to cell.
 * Text is there at once; code is plain first and highlighted, and outputs are made, near the window.
 */
export type { CellProgress } from "./cell-progress.ts";
export { ContentsList } from "./contents-list.tsx";
export type { ContentsListProps } from "./contents-list.tsx";
export { FindBar } from "./find-bar.tsx";
export type { FindBarProps } from "./find-bar.tsx";
export { NotebookView } from "./notebook-view.tsx";
export type { NotebookViewProps } from "./notebook-view.tsx";
export { stepCell } from "./step-cell.ts";
