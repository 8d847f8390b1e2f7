import { escapeAttribute, escapeText } from "../escape-html.ts";
import { counted } from "../outputs/cut-text.ts";
import type { Heading } from "./outline.ts";

const DEEPEST_LEVEL = 3;
const MOST_ENTRIES = 200;

/** Headings that a table of contents shows: three levels, fewer when they are too many. */
export function contentsOf(headings: readonly Heading[]): readonly Heading[] {
  for (let deepest = DEEPEST_LEVEL; deepest > 1; deepest--) {
    const shown = headings.filter(({ level }) => level <= deepest);
    if (shown.length <= MOST_ENTRIES) return shown;
  }
  return headings.filter(({ level }) => level <= 2).slice(0, MOST_ENTRIES);
}

/**
 * Writes the table of contents: at the side where there is room, folded at the
 * top where not. The style sheet shows one of the two.
 */
export function renderContents(headings: readonly Heading[]): string {
  const shown = contentsOf(headings);
  const left = headings.filter(({ level }) => level <= 2).length - shown.length;
  const top = Math.min(...shown.map(({ level }) => level));
  const items = shown.map(({ level, id, text }) => {
    return `<li class="level${level - top + 1}"><a href="#${escapeAttribute(id)}">${escapeText(text)}</a></li>`;
  });
  if (left > 0) items.push(`<li class="level1">${counted(left)} more</li>`);
  const list = `<ol>${items.join("\n")}</ol>`;
  return `<nav class="contents wide" aria-label="Contents"><p class="label">Contents</p>${list}</nav>
<nav class="contents narrow" aria-label="Contents"><details class="fold"><summary>Contents</summary>${list}</details></nav>
`;
}
