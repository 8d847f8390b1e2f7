/**
 * Reads back what a notebook recorded while it ran.
 *
 * {@link readScraps} finds named values, displays and checks in the outputs of a
 * notebook document, in the formats of Notemill's Python library, scrapbook 0.5
 * and papermill 0.x. The other functions pick one kind: numbers for tables
 * ({@link readMetrics}), assertions that decide a run's outcome
 * ({@link readChecks}, {@link checksOutcome}), parameters ({@link readParameters}).
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
