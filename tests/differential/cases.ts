import type { DifferenceId } from "./differences.ts";

/** One run of both programs. */
export interface DifferentialCase {
  /** Name of the fixture, without `.ipynb`; also given as the first argument. */
  readonly notebook: string;
  /** Arguments behind the two paths. */
  readonly args: readonly string[];
  /** The differences that must show, with the places where they do. */
  readonly differs?: readonly { readonly id: DifferenceId; readonly paths: readonly string[] }[];
  /** How often papermill may fail by itself before the case counts as failed. Default 0. */
  readonly retry?: number;
  /** How places begin at which two runs of papermill differ, as it races with what a dying kernel says last. */
  readonly varies?: readonly string[];
  /** Neither program writes an output file, or only papermill does. */
  readonly output?: "none" | "papermill-only";
}

const same = (notebook: string, ...args: string[]): DifferentialCase => ({ notebook, args });

/** Where the files differ when a run stopped for a reason that papermill does not record. */
const STOPPED_EARLY: readonly string[] = [
  "cells",
  "metadata.language_info.codemirror_mode",
  "metadata.language_info.file_extension",
  "metadata.language_info.mimetype",
  "metadata.language_info.nbconvert_exporter",
  "metadata.language_info.pygments_lexer",
  "metadata.language_info.version",
  "metadata.papermill.exception",
];

/** Where the files differ when papermill breaks down at the second cell. */
const BROKEN_CELL: readonly string[] = [
  "cells[1].source",
  "exitCode",
  ...STOPPED_EARLY.filter((path) => path.includes("language_info")),
];

const WIDGETS = "metadata.widgets.application/vnd.jupyter.widget-state+json";

/** Every case. What is not named under `differs` must be the same in both output notebooks. */
export const CASES: readonly DifferentialCase[] = [
  same("simple"),
  same("simple", "-p", "alpha", "0.6", "-p", "name", 'it\'s "q" \\ {x}'),
  same("simple", "-p", "unknown", "1"),
  same("simple", "-r", "alpha", "0.6", "-p", "name", "True"),
  same("simple", "-y", "alpha: 1.0\nname: {a: [1, 2.5, null, yes], b: 'x'}"),
  same("simple", "-b", "YWxwaGE6IDM="),
  same("simple", "-f", "parameters.yaml", "-p", "name", "last"),
  same("simple", "--prepare-only", "-p", "alpha", "2"),
  same("simple", "--report-mode", "-p", "alpha", "2"),
  same("simple", "--no-request-save-on-cell-execute"),
  same("simple", "--autosave-cell-every", "0"),
  same("simple", "--log-output"),
  same("simple", "--engine", "nbclient"),
  same("simple", "--start-timeout", "50", "--execution-timeout", "50"),
  same("simple", "-l", "python"),
  same("values", "-p", "x", "1_000"),
  same("values", "-p", "x", "1e3"),
  same("values", "-p", "x", "007"),
  same("values", "-p", "x", "123456789012345678901234567890"),
  same("values", "-p", "x", "None"),
  same("values", "-p", "x", "true"),
  same("values", "-p", "x", "1e-7"),
  same("values", "-p", "x", "é😀\n\t\u2028"),
  same("no-parameters-cell"),
  same("no-parameters-cell", "-p", "x", "1"),
  same("injected-before"),
  same("injected-before", "-p", "a", "9"),
  same("two-injected", "-p", "a", "9"),
  same("two-parameters-cells", "-p", "b", "9"),
  same("markdown-parameters-cell", "-p", "a", "9"),
  same("paths", "--inject-paths"),
  same("fails"),
  same("fails-first"),
  same("exit-zero"),
  same("exit-zero-explicit"),
  same("exit-one"),
  same("unknown-magic"),
  same("syntax-error"),
  same("skip-execution"),
  same("outputs"),
  same("display-updates"),
  same("clear-output"),
  same("unicode"),
  same("old-markers"),
  same("minor-4", "-p", "a", "2"),
  same("description"),
  same("stdin"),
  same("types", "-p", "a", "2"),
  same("nbformat-3"),
  same("working-directory", "--cwd", "sub"),
  same("no-language"),
  {
    notebook: "no-kernelspec",
    args: ["-k", "python3"],
    differs: [{ id: "kernelspec-recorded", paths: ["metadata.kernelspec"] }],
  },
  same("no-kernelspec", "--prepare-only"),
  same("display-updates-late"),
  {
    notebook: "cell-without-source",
    args: [],
    differs: [{ id: "fields-mended", paths: BROKEN_CELL }],
  },
  // nbclient misses the reply to a cell now and then while it sends comm messages, and waits for ever.
  { notebook: "output-widgets", args: ["--execution-timeout", "30"], retry: 3 },
  {
    notebook: "output-widget-appended",
    args: ["--execution-timeout", "30"],
    differs: [{ id: "appended-kept", paths: [`${WIDGETS}.state[0].state.outputs[0].text`] }],
    retry: 3,
  },
  {
    notebook: "scrap-in-widget",
    args: ["--execution-timeout", "30"],
    differs: [
      { id: "scraps-not-captured", paths: ["cells[1].outputs", `${WIDGETS}.state[0].state.outputs`] },
    ],
    retry: 3,
  },
  {
    notebook: "old-outputs",
    args: ["-p", "a", "2"],
    differs: [{ id: "version-refreshed", paths: ["metadata.papermill.version"] }],
  },
  {
    notebook: "hidden",
    args: ["--report-mode"],
    differs: [{ id: "report-mode-merges", paths: ["cells[0].metadata.jupyter.outputs_hidden"] }],
  },
  {
    notebook: "raises-exception",
    args: [],
    differs: [{ id: "raises-exception-honoured", paths: ["cells", "exitCode"] }],
  },
  {
    notebook: "shown-error",
    args: [],
    differs: [{ id: "shown-error-told", paths: ["metadata.papermill.exception"] }],
  },
  {
    notebook: "sleeps",
    args: ["--execution-timeout", "2"],
    differs: [{ id: "timeout-told", paths: STOPPED_EARLY }],
  },
  {
    notebook: "dies",
    args: [],
    differs: [{ id: "death-told", paths: STOPPED_EARLY }],
    varies: ["cells[1]."],
  },
  {
    notebook: "values",
    args: ["-p", "x", "nan"],
    differs: [{ id: "non-finite-parameters", paths: ["metadata.papermill.parameters.x"] }],
  },
  {
    notebook: "simple",
    args: ["-p", "import os; x", "1"],
    differs: [{ id: "names-checked", paths: ["exitCode"] }],
    output: "papermill-only",
  },
  {
    notebook: "simple",
    args: ["-k", "no-such-kernel"],
    differs: [{ id: "bad-input-starts-nothing", paths: [] }],
    output: "papermill-only",
  },
  { notebook: "simple", args: ["--no-such-option"], output: "none" },
  { notebook: "simple", args: ["--log-level", "info"], output: "none" },
  { notebook: "simple", args: ["--start-timeout", "soon"], output: "none" },
  { notebook: "simple", args: ["one-argument-too-many"], output: "none" },
  { notebook: "simple", args: ["--engine", "no-such-engine"], output: "none" },
  { notebook: "simple", args: ["-y", "- 1\n- 2"], output: "none" },
  { notebook: "simple", args: ["-f", "missing.yaml"], output: "none" },
  { notebook: "simple", args: ["--cwd", "missing-directory"], output: "none" },
  { notebook: "not-json", args: [], output: "none" },
  { notebook: "missing", args: [], output: "none" },
  { notebook: "no-kernel", args: [], output: "none" },
  { notebook: "no-language", args: ["-p", "a", "1"], output: "none" },
  { notebook: "no-kernelspec", args: ["--prepare-only", "-p", "a", "1"], output: "none" },
];
