import { Parser } from "htmlparser2";
import { escapeAttribute } from "../escape-html.ts";
import type { Anchors } from "./anchors.ts";
import type { FindImage } from "./element-attributes.ts";
import { svgSource } from "./image-source.ts";
import { createInserts, type Inserts, withoutMarks } from "./inserts.ts";
import { createMarkupWriter } from "./markup-writer.ts";
import { takeOutBlocks } from "./raw-blocks.ts";
import { readStyleRules } from "./style-rules.ts";

/** What {@link sanitizeMarkup} needs to know of the place that the markup comes from. */
export interface SanitizeOptions {
  readonly anchors: Anchors;
  /** Headings of outputs only look like headings, to keep them out of the page's outline. */
  readonly headings: "real" | "looks";
  readonly findImage?: FindImage;
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

/** Browsers keep no more levels than this either, and a parser's time grows with the square of them. */
const DEEPEST = 512;

/**
 * Makes markup from a notebook safe: what is left is plain text, tables, lists
 * and pictures, without scripts, handlers, forms, frames, style sheets, names
 * that the page could trip over, or anything to load.
 *
 * Nothing is copied from the markup but text and checked values: every tag and
 * attribute is written anew, from closed lists of names. Inline SVG becomes an
 * image, and style sheets are written into the elements that they speak of as
 * far as they are safe.
 *
 * @returns `undefined` when the markup is nested deeper than any browser shows.
 */
export function sanitizeMarkup(markup: string, options: SanitizeOptions): SanitizedMarkup | undefined {
  const inserts = options.inserts ?? createInserts();
  const styles = takeOutBlocks(options.inserts ? markup : withoutMarks(markup), "style", () => "");
  const { html } = takeOutBlocks(styles.html, "svg", (svg) => inserts.add(inlineSvg(svg)));
  const rules = readStyleRules(styles.blocks.map(contentOf).join("\n"));
  const writer = createMarkupWriter({ ...options, inserts, rules });
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > DEEPEST) throw new TooDeep();
      writer.open(name, attributes);
    },
    ontext: (text) => writer.text(text),
    onclosetag() {
      depth -= 1;
      writer.close();
    },
  });
  try {
    parser.write(html);
    parser.end();
    return writer.end();
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
}

/** Ends the parser, which has no other way to be stopped from within. */
class TooDeep extends Error {}

function inlineSvg(svg: string): string {
  const source = svgSource(svg);
  return source === undefined ? "" : `<img src="${escapeAttribute(source)}" alt="Drawing">`;
}

function contentOf(block: string): string {
  return block.slice(block.indexOf(">") + 1, block.lastIndexOf("<"));
}
