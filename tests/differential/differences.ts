/** A place where Notemill means to differ from papermill 2.7, and why. */
export interface Difference {
  readonly title: string;
  readonly papermill: string;
  readonly notemill: string;
  readonly reason: string;
  /** What `--compat` does about it. */
  readonly compat: "papermill's" | "Notemill's";
}

/** Every deliberate difference. The table in docs/guides/coming-from-papermill.md is made from this. */
export const DIFFERENCES = {
  "own-metadata": {
    title: "Metadata of its own",
    papermill: "none",
    notemill: "`metadata.notemill`: run id, status, hash of the source, and the failure",
    reason: "papermill's metadata has no word for timed out, cancelled or lost",
    compat: "papermill's",
  },
  "error-outputs-merged": {
    title: "Pieces of a stream",
    papermill: "one output for every message of the kernel",
    notemill: "adjacent pieces of one stream are one output",
    reason: "20,000 flushed prints made 20,000 outputs; the text is the same",
    compat: "Notemill's",
  },
  "timeout-told": {
    title: "A cell that timed out",
    papermill: "the cell and all behind it say `completed`, without markers",
    notemill: "the cell is `failed`, the rest `pending`, marker cells, `exception: true`",
    reason: "the file must not look like a success",
    compat: "Notemill's",
  },
  "death-told": {
    title: "A kernel that died",
    papermill: "the cell and all behind it say `completed`, without markers; exit 138",
    notemill: "the cell is `failed`, the rest `pending`, marker cells, `exception: true`; exit 138",
    reason: "the file must not look like a success",
    compat: "Notemill's",
  },
  "raises-exception-honoured": {
    title: "The tag `raises-exception`",
    papermill: "goes on past the cell, then fails the run all the same",
    notemill: "takes the exception for what it is: expected",
    reason: "that is what the tag is for, in every other tool",
    compat: "Notemill's",
  },
  "shown-error-told": {
    title: "An error that a cell shows without raising it",
    papermill: "marker cells and exit 1, but `exception: null` for the notebook",
    notemill: "the same, with `exception: true`",
    reason: "the metadata must agree with the exit code",
    compat: "Notemill's",
  },
  "version-refreshed": {
    title: "`metadata.papermill.version`",
    papermill: "stays what an earlier run wrote",
    notemill: "the version of the metadata format that this run follows",
    reason: "it says who wrote the file",
    compat: "papermill's",
  },
  "report-mode-merges": {
    title: "Report mode and `metadata.jupyter`",
    papermill: "replaces what was there",
    notemill: "adds `source_hidden` to what was there",
    reason: "hidden outputs came into view",
    compat: "papermill's",
  },
  "appended-kept": {
    title: "An Output widget that the notebook wrote into itself, as by `append_stdout`",
    papermill: "what was written is gone once something is printed in the widget",
    notemill: "what is printed comes behind it",
    reason: "that is what a notebook's page shows",
    compat: "Notemill's",
  },
  "scraps-not-captured": {
    title: "A scrap or check that is recorded inside an Output widget",
    papermill: "is in the state of the widget, where no reader looks for it",
    notemill: "is an output of the cell",
    reason: "a check that did not hold must not be hidden",
    compat: "Notemill's",
  },
  "kernelspec-recorded": {
    title: "`--kernel` and the notebook's kernelspec",
    papermill: "keeps the name of the kernel that was not used",
    notemill: "records the kernel that ran the notebook",
    reason: "whoever opens the file gets the right kernel",
    compat: "papermill's",
  },
  "non-finite-parameters": {
    title: "NaN and infinity among the parameters",
    papermill: "bare `NaN` in the file, which is no JSON",
    notemill: "the string `float:NaN` in the metadata; the injected cell is the same",
    reason: "strict readers refuse the whole file",
    compat: "papermill's",
  },
  "bad-input-starts-nothing": {
    title: "Input that cannot be run",
    papermill: "may overwrite the output file before it fails",
    notemill: "writes nothing and starts nothing",
    reason: "an earlier result is not to be lost to a typing error",
    compat: "Notemill's",
  },
  "fields-mended": {
    title: "A cell that lacks a field, such as its source",
    papermill: "a `KeyError` at that cell, in the middle of the run",
    notemill: "a warning, and the field is empty",
    reason: "what can be run is run",
    compat: "Notemill's",
  },
  "kernel-stdout-kept-apart": {
    title: "What a kernel writes to its own standard output, beside its messages",
    papermill: "comes out between papermill's own output, a notebook on standard output included",
    notemill: "is not shown",
    reason: "the notebook on standard output must be JSON",
    compat: "Notemill's",
  },
  "names-checked": {
    title: "Names of parameters",
    papermill: "any text, which becomes code",
    notemill: "must be a variable of the language; exit 1 otherwise",
    reason: "`-p 'import os; x' 1` must not run code",
    compat: "Notemill's",
  },
  "pipe-guarded": {
    title: "One path, with a pipe as standard input",
    papermill: "the path is the output, and the notebook is read from the pipe",
    notemill: "the path is the input",
    reason:
      "under a supervisor or CI every command has a pipe as standard input, and the source was overwritten",
    compat: "papermill's",
  },
  "signals-save": {
    title: "SIGINT and SIGTERM",
    papermill: "SIGINT: exit 1, every cell `completed`; SIGTERM: nothing is saved",
    notemill: "the cell is interrupted, the file saved and `cancelled`; exit 130 and 143",
    reason: "the file must tell what happened",
    compat: "Notemill's",
  },
  "http-status-checked": {
    title: "HTTP sources",
    papermill: "the body of a 404 is read as a notebook",
    notemill: "the status is an error",
    reason: "the message names the true cause",
    compat: "Notemill's",
  },
  "safe-translation": {
    title: "Values that papermill cannot write",
    papermill: "invalid or unsafe code, as for NaN in R, `$` in Julia, nested lists in Bash",
    notemill: "valid code, or an error that names the value",
    reason: "a parameter is data",
    compat: "Notemill's",
  },
} as const satisfies Record<string, Difference>;

/** The name of a difference. */
export type DifferenceId = keyof typeof DIFFERENCES;
