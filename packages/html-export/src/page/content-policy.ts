import { STYLESHEET_HASH } from "./stylesheet.ts";

/**
 * The page's own Content-Security-Policy: no script, no frame, no form, nothing
 * from anywhere, and no style sheet but ours.
 *
 * Style attributes are allowed, after their values were checked.
 */
export const CONTENT_POLICY: string = [
  "default-src 'none'",
  "img-src data:",
  "media-src data:",
  `style-src '${STYLESHEET_HASH}'`,
  `style-src-elem '${STYLESHEET_HASH}'`,
  "style-src-attr 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
