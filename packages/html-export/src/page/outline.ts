import { unescapeText } from "../escape-html.ts";
import type { Anchors } from "../markup/anchors.ts";

/** A heading of the page, as the table of contents shows it. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** The headings of a page, in order. */
export interface Outline {
  readonly headings: readonly Heading[];
  /** Gives the headings in sanitised markup their ids and levels, and takes them into the outline. */
  addHeadings(html: string): string;
}

// Sanitised markup is regular: lower-case names, double quotes, and no "<" or ">" in a value.
const HEADING = /<h([1-6])((?: [a-z]+="[^"]*")*)>([\s\S]*?)<\/h\1>/g;

/** Makes the {@link Outline} of a page whose title is its heading of level 1. */
export function createOutline(anchors: Anchors): Outline {
  const headings: Heading[] = [];
  let last = 1;
  return {
    headings,
    addHeadings(html) {
      return html.replaceAll(HEADING, (whole, digit: string, attributes: string, content: string) => {
        const text = plainText(content);
        if (text === "") return whole.replace(/^<h\d/, "<div").replace(/<\/h\d>$/, "</div>");
        const wanted = Number(digit);
        // A screen reader takes a level that is left out for a mistake.
        const level = Math.min(wanted, last + 1);
        last = level;
        const own = / id="([^"]*)"/.exec(attributes)?.[1];
        const id = own ?? anchors.claimHeading(text);
        headings.push({ level, id, text });
        const look = level === wanted ? "" : ` class="h${wanted}"`;
        const rest = attributes.replace(/ (?:id|class)="[^"]*"/g, "");
        return `<h${level} id="${id}"${look}${rest}>${content}</h${level}>`;
      });
    },
  };
}

/** The words of a heading; a formula as its author wrote it. */
function plainText(html: string): string {
  const words = html
    .replaceAll(/<math[\s\S]*?<annotation[^>]*>([^<]*)<\/annotation>[\s\S]*?<\/math>/g, "$1")
    .replaceAll(/<[^>]*>/g, " ");
  return unescapeText(words).replaceAll(/\s+/g, " ").trim();
}
