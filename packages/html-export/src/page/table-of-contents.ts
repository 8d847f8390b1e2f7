import { escapeAttribute, escapeText } from "../escape-html.ts";
import type { Heading } from "./outline.ts";

const DEEPEST_LEVEL = 3;

/** Headings that a table of contents shows. */
export function contentsOf(headings: readonly Heading[]): readonly Heading[] {
  return headings.filter(({ level }) => level <= DEEPEST_LEVEL);
}

/**
 * Writes the table of contents: at the side where there is room, folded at the
 * top where not. The style sheet shows one of the two.
 */
export function renderContents(headings: readonly Heading[]): string {
  const shown = contentsOf(headings);
  const top = Math.min(...shown.map(({ level }) => level));
  const items = shown.map(({ level, id, text }) => {
    return `<li class="level${level - top + 1}"><a href="#${escapeAttribute(id)}">${escapeText(text)}</a></li>`;
  });
  const list = `<ol>${items.join("\n")}</ol>`;
  return `<nav class="contents wide" aria-label="Contents"><p class="label">Contents</p>${list}</nav>
<nav class="contents narrow" aria-label="Contents"><details class="fold"><summary>Contents</summary>${list}</details></nav>
`;
}
