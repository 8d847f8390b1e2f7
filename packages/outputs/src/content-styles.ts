import { CONTENT_STYLES } from "@notemill/html-export";

/**
 * Adds the rules for what notebooks hold to a page, for everything within `.markup`.
 *
 * They come as a style sheet object, which no Content-Security-Policy has to allow.
 * The page names the colours; see {@link CONTENT_STYLES}. Call it once.
 */
export function installContentStyles(page: Document): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer content{.markup{${CONTENT_STYLES}}}`);
  page.adoptedStyleSheets.push(sheet);
}
