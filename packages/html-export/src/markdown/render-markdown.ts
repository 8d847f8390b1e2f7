import type { Attachments } from "@notemill/nbformat";
import createMarkdownIt, { type Env, type MarkdownIt } from "markdown-it";
import { highlightCode } from "../code/highlight-code.ts";
import { escapeText } from "../escape-html.ts";
import type { Anchors } from "../markup/anchors.ts";
import { createInserts, withoutMarks } from "../markup/inserts.ts";
import { sanitizeMarkup, type SanitizedMarkup } from "../markup/sanitize-markup.ts";
import { boxTables } from "./box-tables.ts";
import { findAttachment } from "./find-attachment.ts";
import { shortenImages } from "./inline-images.ts";
import { addMathRules, FORMULA_TOKEN } from "./math-rules.ts";
import type { RenderMath } from "./render-math.ts";
import { addTaskListRule } from "./task-list-rule.ts";

/** Turns Markdown, in GitHub's dialect with Jupyter's formulas, into safe markup. */
export type RenderMarkdown = (text: string, place: MarkdownPlace) => SanitizedMarkup;

/** Where Markdown comes from. */
export interface MarkdownPlace {
  /** Headings of outputs only look like headings. */
  readonly headings: "real" | "looks";
  readonly attachments?: Attachments | undefined;
}

/** Text beyond this is shown as it was written: no person wrote it, and reading it could take long. */
const LONGEST = 300_000;

/** Makes the {@link RenderMarkdown} of one page. */
export function createMarkdownRenderer(page: {
  readonly anchors: Anchors;
  readonly renderMath: RenderMath;
}): RenderMarkdown {
  const parser = createParser();
  return (text, { headings, attachments = {} }) => {
    const shortened = shortenImages(withoutMarks(text));
    if (shortened.text.length > LONGEST) return asWritten(text);
    const inserts = createInserts();
    const insert = (token: InsertedToken): string => inserts.add(markupOf(token, page.renderMath));
    const html = parser.render(shortened.text, { insert });
    const findImage = (address: string) =>
      shortened.findImage(address) ?? findAttachment(address, attachments);
    const clean = sanitizeMarkup(html, { anchors: page.anchors, headings, inserts, findImage });
    return clean ? { ...clean, html: boxTables(clean.html) } : asWritten(text);
  };
}

function asWritten(text: string): SanitizedMarkup {
  const html = `<pre class="text">${escapeText(text)}</pre>`;
  return { html, activeElements: new Set(), hasContent: true };
}

/** What is not sanitised, because the markup of it is ours. */
type InsertedToken =
  | { readonly type: "formula"; readonly tex: string; readonly display: "inline" | "block" }
  | { readonly type: "code"; readonly code: string; readonly language: string | undefined };

function markupOf(token: InsertedToken, renderMath: RenderMath): string {
  if (token.type === "formula") return renderMath(token);
  return `<pre class="code"><code>${highlightCode(token.code, token.language)}</code></pre>`;
}

function createParser(): MarkdownIt {
  const markdown = createMarkdownIt({ html: true, linkify: true });
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  addMathRules(markdown);
  addTaskListRule(markdown);
  const { rules } = markdown.renderer;
  rules[FORMULA_TOKEN] = (tokens, index, _options, env) => {
    const { content: tex = "", markup = "", block = false } = tokens[index] ?? {};
    const mark = insertOf(env)({ type: "formula", tex, display: markup === "block" ? "block" : "inline" });
    return block ? `<p>${mark}</p>\n` : mark;
  };
  rules["fence"] = (tokens, index, _options, env) => {
    const { content: code = "", info = "" } = tokens[index] ?? {};
    const language = /^[\s{.]*([\w+#-]+)/.exec(info)?.[1];
    return `${insertOf(env)({ type: "code", code, language })}\n`;
  };
  return markdown;
}

function insertOf(env: Env | undefined): (token: InsertedToken) => string {
  return env?.["insert"] as (token: InsertedToken) => string;
}
