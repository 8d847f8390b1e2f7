/**
 * The outputs of notebook cells as React components.
 *
 * What is shown is markup that `@notemill/html-export` has written anew from closed
 * lists; {@link Markup} looks it over once more at the only place where markup
 * becomes elements, and hands it to the browser as its one Trusted Types policy.
 */
export { installContentStyles } from "./content-styles.ts";
export { Markup } from "./markup.tsx";
export type { MarkupProps } from "./markup.tsx";
export { Outputs } from "./outputs.tsx";
export type { OutputsProps } from "./outputs.tsx";
export { findStrayMarkup } from "./stray-markup.ts";
