import type { Notebook } from "@notemill/nbformat";
import { escapeText, unescapeText } from "../escape-html.ts";
import type { CheckedOptions } from "../export-options.ts";
import { textAt } from "../read-json.ts";
import { hoistTitle } from "./hoist-title.ts";

/** The title of a page, and what is left of the cells when it came from them. */
export interface PageTitle {
  /** Plain text. */
  readonly text: string;
  /** The same as markup. */
  readonly html: string;
  readonly texts: readonly string[];
  /** The id of the heading that became the title. */
  readonly hoistedId: string | undefined;
}

/**
 * Finds the title of a page.
 *
 * A heading of level 1 at the very top of the notebook is the title, and leaves
 * its cell, unless another title is asked for.
 *
 * @param texts - Markup of the cells; empty for those that show no text.
 */
export function choosePageTitle(
  notebook: Notebook,
  texts: readonly string[],
  options: CheckedOptions,
): PageTitle {
  const first = texts.findIndex((html, index) => html !== "" || notebook.cells[index]?.cell_type === "code");
  const hoisted = hoistTitle(texts[first] ?? "");
  const heading = hoisted && wordsOf(hoisted.html);
  const wanted = options.title;
  if (hoisted && heading !== undefined && (wanted === undefined || wanted.trim() === heading)) {
    const rest = texts.map((html, index) => (index === first ? hoisted.rest : html));
    return { text: heading, html: hoisted.html, texts: rest, hoistedId: hoisted.id };
  }
  const text = [wanted, textAt(notebook.metadata, "title"), options.name].find(
    (it) => it !== undefined && it.trim() !== "",
  );
  const chosen = text ?? "Notebook";
  return { text: chosen, html: escapeText(chosen), texts, hoistedId: undefined };
}

function wordsOf(html: string): string {
  return unescapeText(html.replaceAll(/<annotation[\s\S]*?<\/annotation>|<[^>]*>/g, ""))
    .replaceAll(/\s+/g, " ")
    .trim();
}
