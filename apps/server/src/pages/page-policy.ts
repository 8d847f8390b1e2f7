/**
 * What the app's page may do: run its own scripts, read its own server, and show pictures
 * whose bytes are in the page.
 *
 * Text becomes elements only through the app's one Trusted Types policy. Style attributes
 * are allowed, since the colours of outputs need them; their values are checked.
 */
export const PAGE_POLICY: string = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types notemill",
].join("; ");
