/**
 * One safe page of a notebook document.
 *
 * {@link exportHtml} renders every cell to markup of our own making, or through
 * a sanitiser that keeps text, tables, lists and pictures, and puts it into a
 * page whose Content-Security-Policy forbids everything else once more.
 */
export { exportHtml, exportHtmlChunks } from "./export-html.ts";
export type { ExportHtmlOptions } from "./export-options.ts";
export { createNotebookRenderer } from "./notebook-renderer.ts";
export type { CellPart, NotebookRenderer, NotebookRendererOptions } from "./notebook-renderer.ts";
export type { CellVisibility, Visibility } from "./cells/cell-visibility.ts";
export type { Heading } from "./page/outline.ts";
export { CONTENT_STYLES } from "./page/content-styles.ts";
export { renderAnsi } from "./ansi/render-ansi.ts";
export { readDataTable } from "./outputs/table-output.ts";
export type { DataTable } from "./outputs/table-output.ts";
export { joinStreams } from "./outputs/render-outputs.ts";
export { readRun } from "./run/read-run.ts";
export type { RunFailureInfo, RunInfo } from "./run/read-run.ts";
export { formatDuration } from "./run/format-time.ts";
export { HtmlExportError } from "./html-export-error.ts";
export type { HtmlExportErrorCode } from "./html-export-error.ts";
