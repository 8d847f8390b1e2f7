import sanitizeHtml from "sanitize-html";
import type { Anchors } from "./anchors.ts";
import { ALLOWED_ATTRIBUTES, ALLOWED_ELEMENTS, DROPPED_ELEMENTS } from "./element-rules.ts";
import { createElementFilter, GONE, withoutGone } from "./filter-element.ts";
import { createInserts, type Inserts, withoutMarks } from "./inserts.ts";
import { svgSource } from "./image-source.ts";
import { takeOutBlocks } from "./raw-blocks.ts";
import { readStyleRules } from "./style-rules.ts";
import { escapeAttribute } from "../escape-html.ts";

/** What {@link sanitizeMarkup} needs to know of the place that the markup comes from. */
export interface SanitizeOptions {
  readonly anchors: Anchors;
  /** Headings of outputs only look like headings, to keep them out of the page's outline. */
  readonly headings: "real" | "looks";
  /** Gives the picture behind an address that is no `data:` address, as one that is. */
  readonly findImage?: (address: string) => string | undefined;
  /** Marks in the markup and what they stand for. The caller has cleaned the rest by `withoutMarks`. */
  readonly inserts?: Inserts;
}

/** Markup that is safe to stand in a page. */
export interface SanitizedMarkup {
  readonly html: string;
  /** Names of the elements that were left out and did something. */
  readonly activeElements: ReadonlySet<string>;
  /** Whether there is anything to see. */
  readonly hasContent: boolean;
}

/** Browsers keep no more levels than this either. */
const DEEPEST = 512;

/**
 * Makes markup from a notebook safe: what is left is plain text, tables, lists
 * and pictures, without scripts, handlers, forms, frames, style sheets, names
 * that the page could trip over, or anything to load.
 *
 * Inline SVG becomes an image, and style sheets are written into the elements
 * that they speak of as far as they are safe.
 *
 * @returns `undefined` when the markup is nested deeper than any browser shows.
 */
export function sanitizeMarkup(markup: string, options: SanitizeOptions): SanitizedMarkup | undefined {
  const inserts = options.inserts ?? createInserts();
  const styles = takeOutBlocks(options.inserts ? markup : withoutMarks(markup), "style", () => "");
  const { html } = takeOutBlocks(styles.html, "svg", (svg) => inserts.add(inlineSvg(svg)));
  const filter = createElementFilter(options, readStyleRules(styles.blocks.map(contentOf).join("\n")));
  let hasText = false;
  try {
    const clean = sanitizeHtml(html, {
      allowedTags: [...ALLOWED_ELEMENTS, GONE],
      allowedAttributes: Object.fromEntries(
        Object.entries(ALLOWED_ATTRIBUTES).map(([name, attributes]) => [name, [...attributes]]),
      ),
      nonTextTags: [...DROPPED_ELEMENTS],
      selfClosing: ["img", "br", "hr", "col", "wbr"],
      // Addresses were checked before; what is missing here the library refuses once more.
      allowedSchemes: ["http", "https", "mailto"],
      allowedSchemesByTag: { img: ["data"] },
      allowProtocolRelative: false,
      parseStyleAttributes: false,
      onOpenTag(name) {
        if (filter.open(name) > DEEPEST) throw new TooDeep();
      },
      onCloseTag: () => filter.close(),
      transformTags: {
        img: (tagName, attribs) => ({ tagName, attribs, text: filter.imageText(attribs) }),
        "*": (name, attributes) => filter.element(name, attributes),
      },
      textFilter(text) {
        hasText ||= /\S/.test(text);
        return filter.takesMarkup ? inserts.fill(text) : withoutMarks(text);
      },
    });
    return {
      html: withoutGone(clean),
      activeElements: filter.activeElements,
      hasContent: hasText || filter.hasContent,
    };
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
}

/** Ends the parser at once: the time that it takes grows with the square of the depth. */
class TooDeep extends Error {}

function inlineSvg(svg: string): string {
  const source = svgSource(svg);
  return source === undefined ? "" : `<img src="${escapeAttribute(source)}" alt="Drawing">`;
}

function contentOf(block: string): string {
  return block.slice(block.indexOf(">") + 1, block.lastIndexOf("<"));
}
