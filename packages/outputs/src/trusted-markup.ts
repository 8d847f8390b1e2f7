import { findStrayMarkup } from "./stray-markup.ts";

/** What browsers with Trusted Types have, as far as it is used here. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createHTML: (html: string) => string },
  ): { createHTML(html: string): string };
}

/** Shown in the place of markup that is not what it should be. */
const REFUSED = '<p class="note">This cannot be shown safely.</p>';

function checked(html: string): string {
  return findStrayMarkup(html) === undefined ? html : REFUSED;
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };

/** The one policy of the app: it lets through what {@link findStrayMarkup} finds nothing in. */
const policy = trustedTypes?.createPolicy("notemill", { createHTML: checked }) ?? { createHTML: checked };

/** Makes markup fit to become elements; what is not safe becomes a note. */
export function trustMarkup(html: string): string {
  return policy.createHTML(html);
}
