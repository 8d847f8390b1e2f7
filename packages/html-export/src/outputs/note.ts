import { escapeText } from "../escape-html.ts";

/** A line in our own words, in the place of something that a static page cannot show. */
export function note(text: string): string {
  return `<p class="note">${escapeText(text)}</p>`;
}
