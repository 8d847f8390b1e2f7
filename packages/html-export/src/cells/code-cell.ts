import type { Cell, CodeCell } from "@notemill/nbformat";
import { cellLanguage } from "../code/cell-language.ts";
import { highlightCode } from "../code/highlight-code.ts";
import type { CheckedOptions } from "../export-options.ts";
import { renderOutputs } from "../outputs/render-outputs.ts";
import type { PageContext } from "../page/page-context.ts";
import { numberAt, objectAt, textAt } from "../read-json.ts";
import { formatDuration } from "../run/format-time.ts";
import { cellTags } from "./cell-tags.ts";
import type { CellVisibility, Visibility } from "./cell-visibility.ts";

/** What {@link renderCodeCell} needs beside the cell. */
export interface CodeCellOptions {
  readonly page: PageContext;
  readonly options: CheckedOptions;
  readonly visibility: CellVisibility;
  /** The cell's id in the page. */
  readonly anchor: string;
  /** Language of the notebook. */
  readonly language: string | undefined;
  readonly isFailed: boolean;
}

/** Turns a code cell into markup; empty when nothing of it is to be seen. */
export function renderCodeCell(cell: CodeCell, settings: CodeCellOptions): string {
  const { page, options, visibility, anchor, isFailed } = settings;
  const inputVisibility = options.input === "omit" ? "removed" : visibility.source;
  const input =
    cell.source.trim() === ""
      ? ""
      : folded(inputVisibility, options, "Code", () => renderSource(cell, settings));
  // A run that failed says so, whatever its notebook would rather hide.
  const errors = isFailed ? cell.outputs.filter((it) => it.output_type === "error") : [];
  const outputs =
    folded(visibility.outputs, options, "Output", () => renderOutputs(cell.outputs, page)) ||
    renderOutputs(errors, page);
  if (input === "" && outputs === "" && !isFailed) return "";
  const mark = isFailed ? '<p class="stop">The run stopped here.</p>\n' : "";
  const prompt = input === "" ? "" : renderPrompt(cell, anchor);
  return `<section class="cell code${isFailed ? " failed" : ""}" id="${anchor}">\n${mark}${prompt}${input}${outputs}</section>\n`;
}

/** Shows, folds or leaves out a part of a cell. */
export function folded(
  visibility: Visibility,
  { hidden }: Pick<CheckedOptions, "hidden">,
  label: string,
  render: () => string,
): string {
  if (visibility === "removed" || (visibility === "hidden" && hidden === "omit")) return "";
  const html = render();
  if (visibility === "shown" || html === "") return html;
  return `<details class="fold"><summary>${label}</summary>${html}</details>\n`;
}

function renderSource(cell: CodeCell, { language }: CodeCellOptions): string {
  const label = codeLabel(cell);
  const code = highlightCode(cell.source, cellLanguage(cell, language));
  const heading = label === undefined ? "" : `<p class="label">${label}</p>\n`;
  return `${heading}<pre class="code"><code>${code}</code></pre>\n`;
}

/** What stands above a code cell that parameters are in. */
export function codeLabel(cell: Cell): string | undefined {
  const tags = cellTags(cell);
  if (tags.has("injected-parameters")) return "Parameters of this run";
  return tags.has("parameters") ? "Default parameters" : undefined;
}

/** The number of the execution, which is a link to the cell, and how long it took if that was long, or that it was not run. */
function renderPrompt(cell: CodeCell, anchor: string): string {
  const count = cell.execution_count ?? " ";
  const run = objectAt(cell.metadata, "papermill");
  const seconds = numberAt(run, "duration") ?? 0;
  const isPending = cell.execution_count === null && textAt(run, "status") === "pending";
  const word = isPending ? "not run" : seconds >= 1 ? formatDuration(seconds) : "";
  const link = `<a href="#${anchor}"><span class="unseen">Cell </span>[${count}]</a>`;
  return `<p class="prompt">${link}${word === "" ? "" : `<span class="time">${word}</span>`}</p>\n`;
}
