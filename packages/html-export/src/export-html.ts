import type { Cell, Notebook } from "@notemill/nbformat";
import { cellAnchors } from "./cells/cell-anchors.ts";
import { cellTags } from "./cells/cell-tags.ts";
import { cellVisibility } from "./cells/cell-visibility.ts";
import { folded, renderCodeCell } from "./cells/code-cell.ts";
import { renderMarkdownCell, renderRawCell } from "./cells/text-cell.ts";
import { notebookLanguage } from "./code/cell-language.ts";
import { checkOptions, type CheckedOptions, type ExportHtmlOptions } from "./export-options.ts";
import { createMarkdownRenderer } from "./markdown/render-markdown.ts";
import { createMathRenderer } from "./markdown/render-math.ts";
import { createAnchors } from "./markup/anchors.ts";
import { widgetModels } from "./widgets/widget-models.ts";
import { createOutline, type Heading } from "./page/outline.ts";
import type { PageContext } from "./page/page-context.ts";
import { choosePageTitle } from "./page/page-title.ts";
import { renderPage } from "./page/render-page.ts";
import { contentsOf, renderContents } from "./page/table-of-contents.ts";
import { ERROR_MARKER_TAG, readRun, type RunInfo } from "./run/read-run.ts";
import { renderRunSummary } from "./run/run-summary.ts";

/**
 * Turns a notebook document into one HTML page that is safe to open, whoever
 * wrote the notebook, and needs nothing beside itself.
 *
 * Nothing in the page is active or loads anything. What a static page cannot
 * show is named in its place.
 *
 * @throws {@link HtmlExportError} `EXPORT_OPTION_INVALID`.
 */
export function exportHtml(notebook: Notebook, options: ExportHtmlOptions = {}): string {
  return [...exportHtmlChunks(notebook, options)].join("");
}

/**
 * Does the same piece by piece, for a page that should not be in memory at once.
 *
 * @throws {@link HtmlExportError} `EXPORT_OPTION_INVALID`, when the first piece is taken.
 */
export function* exportHtmlChunks(notebook: Notebook, options: ExportHtmlOptions = {}): Generator<string> {
  const checked = checkOptions(options);
  const page = createPage(notebook, checked);
  const run = readRun(notebook);
  const anchors = cellAnchors(notebook.cells);
  const outline = createOutline(page.anchors);

  // Headings are needed before the first code cell is written.
  const texts = notebook.cells.map((cell) =>
    outline.addHeadings(renderText(cell, { notebook, page, options: checked, run })),
  );
  const title = choosePageTitle(notebook, texts, checked);
  const headings = outline.headings.filter(({ id }) => id !== title.hoistedId);

  const failedIndex = notebook.cells.findIndex(({ id }) => id === run?.failure?.cellId);
  const failed = notebook.cells[failedIndex];
  const failedCell = failed && { href: `#${anchors[failedIndex]}`, label: labelOf(failed, failedIndex) };
  const parts = {
    title: title.text,
    heading: title.html,
    headingId: title.hoistedId,
    summary: run === undefined ? "" : renderRunSummary(run, failedCell),
    contents: hasContents(headings, checked) ? renderContents(headings) : "",
    cells: renderCells(notebook, { page, options: checked, anchors, texts: title.texts, run }),
    isLong: notebook.cells.length > MANY_CELLS,
    footer: footerOf(checked),
  };
  for (const chunk of renderPage(parts, checked)) yield chunk.toWellFormed();
}

const MANY_CELLS = 200;

function createPage(notebook: Notebook, { maxOutputLength, maxTableRows }: CheckedOptions): PageContext {
  const anchors = createAnchors();
  const renderMath = createMathRenderer();
  const renderMarkdown = createMarkdownRenderer({ anchors, renderMath });
  return {
    anchors,
    renderMath,
    renderMarkdown,
    widgets: widgetModels(notebook),
    maxOutputLength,
    maxTableRows,
  };
}

/** Markup of a cell of text; empty for a code cell, and for what is not to be seen. */
function renderText(
  cell: Cell,
  {
    notebook,
    page,
    options,
    run,
  }: {
    readonly notebook: Notebook;
    readonly page: PageContext;
    readonly options: CheckedOptions;
    readonly run: RunInfo | undefined;
  },
): string {
  if (cell.cell_type === "code") return "";
  // The summary says what papermill's markers say.
  if (run && cellTags(cell).has(ERROR_MARKER_TAG)) return "";
  const { source } = cellVisibility(cell, notebook);
  return folded(source, options, "Text", () =>
    cell.cell_type === "markdown" ? renderMarkdownCell(cell, page) : renderRawCell(cell, page),
  );
}

function* renderCells(
  notebook: Notebook,
  all: {
    readonly page: PageContext;
    readonly options: CheckedOptions;
    readonly anchors: readonly string[];
    readonly texts: readonly string[];
    readonly run: RunInfo | undefined;
  },
): Generator<string> {
  const language = notebookLanguage(notebook);
  for (const [index, cell] of notebook.cells.entries()) {
    const anchor = all.anchors[index] ?? "";
    const isFailed = cell.id === all.run?.failure?.cellId;
    if (cell.cell_type === "code") {
      const visibility = cellVisibility(cell, notebook);
      yield renderCodeCell(cell, { ...all, visibility, anchor, language, isFailed });
    } else {
      const html = all.texts[index] ?? "";
      if (html.trim() !== "") yield `<section class="cell prose" id="${anchor}">\n${html}</section>\n`;
    }
  }
}

function labelOf(cell: Cell, index: number): string {
  const count = cell.cell_type === "code" ? cell.execution_count : null;
  return count === null ? `cell ${index + 1}` : `cell [${count}]`;
}

function footerOf({ name }: CheckedOptions): string {
  return name === undefined ? "A static copy of a notebook." : `A static copy of ${name}.`;
}

function hasContents(headings: readonly Heading[], { toc }: CheckedOptions): boolean {
  const count = contentsOf(headings).length;
  return toc === "show" ? count > 0 : toc === "auto" && count >= 3;
}
