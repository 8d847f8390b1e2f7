/**
 * The outputs of notebook cells as React components.
 *
 * What is shown is markup that `@notemill/html-export` has written anew from closed
 * lists; {@link Markup} looks it over once more at the only place where markup
 * becomes elements, and hands it to the browser as its one Trusted Types policy.
 *
 * What needs a program is static until somebody activates it, and runs in a frame then that
 * {@link OutputFrames} names, on an origin of its own.
 */
export { activePart } from "./active-part.ts";
export type { ActivePart } from "./active-part.ts";
export { installContentStyles } from "./content-styles.ts";
export type { FrameMessage, ShowMessage } from "./frame-messages.ts";
export { Markup } from "./markup.tsx";
export type { MarkupProps } from "./markup.tsx";
export { OutputFramesContext } from "./output-frames.ts";
export type { OutputFrames } from "./output-frames.ts";
export { Outputs } from "./outputs.tsx";
export type { OutputsProps } from "./outputs.tsx";
export { findStrayMarkup } from "./stray-markup.ts";
