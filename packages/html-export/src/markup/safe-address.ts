/** Whether an address leads out of the page, and so opens beside it. */
export interface SafeAddress {
  readonly href: string;
  readonly kind: "outside" | "mail" | "fragment" | "relative";
}

// A first segment without a colon, which would end a scheme, and nothing that some program reads as a slash.
const RELATIVE = /^(?:\/(?!\/)|[?]|[\p{L}\p{N}\p{M}_.~%@+() -]+(?:[/?#]|$))[^\\]*$/u;

/**
 * Gives the address that a link in a page may have.
 *
 * Allowed are `http`, `https`, `mailto`, fragments, and paths relative to the
 * page. Control characters go first, because browsers drop them inside an
 * address, so that `java\nscript:` would be one.
 *
 * @returns `undefined` for everything else.
 */
export function safeAddress(text: string): SafeAddress | undefined {
  const href = text.replaceAll(/\p{Cc}|\p{Noncharacter_Code_Point}/gu, "").trim();
  if (href === "") return undefined;
  if (href.startsWith("#")) return { href, kind: "fragment" };
  if (/^https?:\/\/[^\s/\\]/i.test(href)) return { href, kind: "outside" };
  if (/^mailto:[^\s]/i.test(href)) return { href, kind: "mail" };
  // On a page that was opened from a disk, //host is a network share.
  if (/^\/\/[^\s/\\]/.test(href)) return { href: `https:${href}`, kind: "outside" };
  return RELATIVE.test(href) ? { href, kind: "relative" } : undefined;
}
