/**
 * One safe page of a notebook document.
 *
 * {@link exportHtml} renders every cell to markup of our own making, or through
 * a sanitiser that keeps text, tables, lists and pictures, and puts it into a
 * page whose Content-Security-Policy forbids everything else once more.
 */
export { exportHtml, exportHtmlChunks } from "./export-html.ts";
export type { ExportHtmlOptions } from "./export-options.ts";
export { HtmlExportError } from "./html-export-error.ts";
export type { HtmlExportErrorCode } from "./html-export-error.ts";
