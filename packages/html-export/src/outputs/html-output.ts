import { sanitizeMarkup } from "../markup/sanitize-markup.ts";
import type { PageContext } from "../page/page-context.ts";
import { missingNote } from "./active-types.ts";
import { cutMarkup } from "./cut-text.ts";
import { note } from "./note.ts";
import { describeScripts } from "./scripted-chart.ts";
import { scrollBox } from "./scroll-box.ts";

/** What is left of an HTML output. */
export interface HtmlOutput {
  readonly html: string;
  /** `partial` when something active was left out of it, `empty` when that was all there is. */
  readonly state: "whole" | "partial" | "empty";
}

/** Shows what is safe of an HTML output; `undefined` when there is nothing in it. */
export function renderHtml(
  markup: string,
  { anchors, maxOutputLength }: PageContext,
): HtmlOutput | undefined {
  const cut = cutMarkup(markup, maxOutputLength);
  const clean = sanitizeMarkup(cut.text, { anchors, headings: "looks" });
  if (!clean) {
    return { html: note("The HTML of this output is nested too deeply to be shown."), state: "empty" };
  }
  const left = [...clean.activeElements].sort().join(", ");
  const missing = left === "" ? "" : missingPart(markup, left);
  if (!clean.hasContent) return missing === "" ? undefined : { html: missing, state: "empty" };
  const body = withoutEmptyHeaders(clean.html);
  const html = boxed(body) + cut.note + missing;
  return { html, state: left === "" ? "whole" : "partial" };
}

/** What is small needs no box that scrolls, and no stop for the keyboard. */
function boxed(html: string): string {
  if (html.includes("<table")) return scrollBox(html, { kind: "html table", label: "Output" });
  const isSmall = html.length < 2000 && !/<(?:pre|img)/.test(html);
  return isSmall
    ? `<section class="box html">${html}</section>`
    : scrollBox(html, { kind: "html", label: "Output" });
}

function missingPart(markup: string, elements: string): string {
  const scripted = describeScripts(markup);
  if (scripted) return missingNote(scripted.name, scripted.description);
  return note(`Left out, as nothing in a static page is active: ${elements}.`);
}

/** The corner of a data frame is a heading without a word, which only a screen reader stumbles over. */
function withoutEmptyHeaders(html: string): string {
  return html.replaceAll(/<th(?: [a-z]+="[^"]*")*>\s*<\/th>/g, "<td></td>");
}
