import { escapeAttribute, escapeText } from "../escape-html.ts";
import type { CheckedOptions } from "../export-options.ts";
import { CONTENT_POLICY } from "./content-policy.ts";
import { STYLESHEET } from "./stylesheet.ts";

/** The parts of a page, as markup but for the plain text where it says so. */
export interface PageParts {
  /** Plain text. */
  readonly title: string;
  /** What is in the heading of the page. */
  readonly heading: string;
  readonly headingId: string | undefined;
  /** Below the heading: how the run went. */
  readonly summary: string;
  readonly contents: string;
  readonly cells: Iterable<string>;
  /** Whether there are so many cells that a browser should draw only those in view. */
  readonly isLong: boolean;
  /** Plain text. */
  readonly footer: string;
}

/**
 * Writes the page around its cells.
 *
 * No element that can hold markup from a notebook has a name that this markup
 * may use, so that no end tag in it can close one of them.
 */
export function* renderPage(parts: PageParts, { language, theme }: CheckedOptions): Generator<string> {
  const { title, heading, headingId, summary, contents, footer, isLong } = parts;
  yield `<!doctype html>
<html lang="${escapeAttribute(language)}" dir="${directionOf(language)}" class="${theme}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${theme === "auto" ? "light dark" : theme}">
<title>${escapeText(title)}</title>
<style>${STYLESHEET}</style>
</head>
<body${contents === "" ? "" : ' class="with-contents"'}>
<a class="skip" href="#notebook">Skip to the notebook</a>
<header class="title">
<h1${headingId === undefined ? "" : ` id="${escapeAttribute(headingId)}"`}>${heading}</h1>
${summary}
</header>
${contents}<main id="notebook"${isLong ? ' class="many"' : ""}>
`;
  yield* parts.cells;
  yield `</main>
<footer>${escapeText(footer)}</footer>
</body>
</html>
`;
}

const RIGHT_TO_LEFT = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"]);

function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(language.toLowerCase().split("-")[0] ?? "") ? "rtl" : "ltr";
}
