/**
 * What the app's page may do: run its own scripts, read its own server, show pictures and play
 * sounds whose bytes are in the page, and have outputs in frames.
 *
 * Text becomes elements only through the app's one Trusted Types policy. Style attributes
 * are allowed, since the colours of outputs need them; their values are checked. A frame
 * cannot go anywhere but to outputs, so it cannot carry anything away in an address.
 *
 * @param outputs - Where outputs are, with a slash at the end; null where they have no origin of their own.
 */
export function pagePolicy(outputs: string | null): string {
  const beside = outputs === null ? "" : ` ${outputs}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data:${beside}`,
    `media-src 'self' data:${beside}`,
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${outputs ?? "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types notemill",
  ].join("; ");
}
