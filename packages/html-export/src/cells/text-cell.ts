import type { MarkdownCell, RawCell } from "@notemill/nbformat";
import { escapeText } from "../escape-html.ts";
import { sanitizeMarkup } from "../markup/sanitize-markup.ts";
import type { PageContext } from "../page/page-context.ts";
import { textAt } from "../read-json.ts";

/** Turns the text of a Markdown cell into markup. */
export function renderMarkdownCell({ source, attachments }: MarkdownCell, page: PageContext): string {
  return page.renderMarkdown(source, { headings: "real", attachments }).html;
}

/** Turns a raw cell into markup: HTML and Markdown are read, text for other formats is left out. */
export function renderRawCell({ source, metadata, attachments }: RawCell, page: PageContext): string {
  const format = textAt(metadata, "format") ?? textAt(metadata, "raw_mimetype") ?? "";
  if (source.trim() === "") return "";
  switch (format) {
    case "text/html":
      return sanitizeMarkup(source, { anchors: page.anchors, headings: "real" })?.html ?? "";
    case "text/markdown":
      return page.renderMarkdown(source, { headings: "real", attachments }).html;
    case "":
    case "text/plain":
      return `<pre class="text">${escapeText(source)}</pre>`;
    default:
      return "";
  }
}
