/**
 * Reads back what a notebook recorded while it ran.
 *
 * {@link readScraps} finds named values, displays and checks in the outputs of a
 * notebook document, in the formats of Notemill's Python library, scrapbook 0.5
 * and papermill 0.x. The other functions pick one kind: numbers for tables
 * ({@link readMetrics}), assertions that decide a run's outcome
 * ({@link readChecks}, {@link checksOutcome}), parameters ({@link readParameters}).
 * {@link metricsTable} puts what many notebooks recorded into one table.
 */
export type { Check, CheckSeverity } from "./check.ts";
export { checksOutcome } from "./checks-outcome.ts";
export type { ChecksOutcome } from "./checks-outcome.ts";
export { readChecks } from "./read-checks.ts";
export { readMetrics } from "./read-metrics.ts";
export { readParameters } from "./read-parameters.ts";
export { readScraps } from "./read-scraps.ts";
export type { NotebookScraps } from "./read-scraps.ts";
export type { BundleOutput, Scrap } from "./scrap.ts";
export { isScrapMimeType } from "./scrap-payload.ts";
export type { ScrapProblem, ScrapProblemCode } from "./scrap-problem.ts";
export { metricsRow } from "./table/metrics-row.ts";
export type { MetricsRow } from "./table/metrics-row.ts";
export { metricsTable } from "./table/metrics-table.ts";
export type { MetricsColumn, MetricsTable } from "./table/metrics-table.ts";
export { tableAsNotebook } from "./table/table-notebook.ts";
export type { TableNotebookOptions } from "./table/table-notebook.ts";
export { cellText, tableAsCsv, tableAsJson } from "./table/table-text.ts";
