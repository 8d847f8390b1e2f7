import type { Cell, CodeCell, Notebook, Output } from "@notemill/nbformat";
import { cellAnchors } from "./cells/cell-anchors.ts";
import { type CellVisibility, cellVisibility } from "./cells/cell-visibility.ts";
import { codeLabel } from "./cells/code-cell.ts";
import { renderMarkdownCell, renderRawCell } from "./cells/text-cell.ts";
import { cellTags } from "./cells/cell-tags.ts";
import { cellLanguage, notebookLanguage } from "./code/cell-language.ts";
import { highlightCode } from "./code/highlight-code.ts";
import { checkOptions, type ExportHtmlOptions } from "./export-options.ts";
import { createMarkdownRenderer } from "./markdown/render-markdown.ts";
import { createMathRenderer } from "./markdown/render-math.ts";
import { type Anchors, createAnchors } from "./markup/anchors.ts";
import { renderOutputs } from "./outputs/render-outputs.ts";
import { widgetModels } from "./widgets/widget-models.ts";
import { createOutline, type Heading } from "./page/outline.ts";
import type { PageContext } from "./page/page-context.ts";
import { choosePageTitle } from "./page/page-title.ts";
import { contentsOf } from "./page/table-of-contents.ts";
import { numberAt, objectAt } from "./read-json.ts";
import { ERROR_MARKER_TAG, readRun } from "./run/read-run.ts";

/** How {@link createNotebookRenderer} renders. */
export type NotebookRendererOptions = Pick<
  ExportHtmlOptions,
  "title" | "name" | "maxOutputLength" | "maxTableRows"
>;

/** A cell, and what it looks like. */
export interface CellPart {
  readonly cell: Cell;
  /** Its id in the page; links to it outlast edits. */
  readonly anchor: string;
  readonly visibility: CellVisibility;
  /** Markup of a cell of text; empty for code, and for what is not to be seen at all. */
  readonly text: string;
  /** What stands above a code cell that a run gave parameters to. */
  readonly label: string | undefined;
  /** How long the run that wrote the document took for it; null where it does not say. */
  readonly seconds: number | null;
}

/** The parts of a notebook document as markup that is safe in any page, for a page that somebody else makes. */
export interface NotebookRenderer {
  readonly title: { readonly text: string; readonly html: string; readonly id: string | undefined };
  /** For a table of contents, the title left out. */
  readonly headings: readonly Heading[];
  readonly parts: readonly CellPart[];
  /** Highlights the source of a code cell: what goes into `<code>`. */
  readonly renderCode: (cell: CodeCell) => string;
  /** Renders outputs, which need not be those that the document had. */
  readonly renderOutputs: (outputs: readonly Output[]) => string;
}

/**
 * Renders the parts of a notebook document one by one: its text at once, code and outputs when they are asked for.
 *
 * The markup is what {@link exportHtml} writes; its rules are in {@link CONTENT_STYLES}.
 *
 * @throws {@link HtmlExportError} `EXPORT_OPTION_INVALID`.
 */
export function createNotebookRenderer(
  notebook: Notebook,
  options: NotebookRendererOptions = {},
): NotebookRenderer {
  const checked = checkOptions(options);
  const anchors = createAnchors();
  const renderMath = createMathRenderer();
  const context = (own: Anchors): PageContext => ({
    anchors: own,
    renderMath,
    renderMarkdown: createMarkdownRenderer({ anchors: own, renderMath }),
    widgets: widgetModels(notebook),
    maxOutputLength: checked.maxOutputLength,
    maxTableRows: checked.maxTableRows,
  });
  const page = context(anchors);
  const outputPage = context(NO_ANCHORS);
  const outline = createOutline(anchors);
  const isRun = readRun(notebook) !== undefined;
  const visibilities = notebook.cells.map((cell) => cellVisibility(cell, notebook));
  const texts = notebook.cells.map((cell, index) => {
    const isGone =
      visibilities[index]?.source === "removed" || (isRun && cellTags(cell).has(ERROR_MARKER_TAG));
    return isGone ? "" : outline.addHeadings(renderText(cell, page));
  });
  const title = choosePageTitle(notebook, texts, checked);
  const cellIds = cellAnchors(notebook.cells);
  const language = notebookLanguage(notebook);
  return {
    title: { text: title.text, html: title.html, id: title.hoistedId },
    headings: contentsOf(outline.headings.filter(({ id }) => id !== title.hoistedId)),
    parts: notebook.cells.map((cell, index) => ({
      cell,
      anchor: cellIds[index] ?? "",
      visibility: visibilities[index] ?? { source: "shown", outputs: "shown" },
      text: title.texts[index] ?? "",
      label: codeLabel(cell),
      seconds: numberAt(objectAt(cell.metadata, "papermill"), "duration") ?? null,
    })),
    renderCode: (cell) => highlightCode(cell.source, cellLanguage(cell, language)),
    renderOutputs: (outputs) => renderOutputs(outputs, outputPage),
  };
}

/** Outputs are rendered anew whenever they change, so nothing in them has an id. */
const NO_ANCHORS: Anchors = { claim: () => undefined, claimHeading: () => "" };

function renderText(cell: Cell, page: PageContext): string {
  if (cell.cell_type === "markdown") return renderMarkdownCell(cell, page);
  return cell.cell_type === "raw" ? renderRawCell(cell, page) : "";
}
