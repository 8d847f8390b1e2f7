import { renderAnsi } from "../ansi/render-ansi.ts";
import { cutText } from "./cut-text.ts";

/** Text lines longer than this may scroll sideways on a phone. */
const NARROW = 40;
/** More lines than this scroll. */
const TALL = 30;

/**
 * Shows text as it was printed.
 *
 * A block that may scroll can have the focus, so that the keyboard can scroll it.
 */
export function textBlock(
  text: string,
  { limit, kind }: { readonly limit: number; readonly kind: string },
): string {
  const cut = cutText(text, limit);
  const html = renderAnsi(cut.text).replace(/\n$/, "");
  return `<pre class="text ${kind}"${scrollAttributes(cut.text, `${kind} text`)}>${html}</pre>${cut.note}`;
}

/** The attributes of a block of text that may be larger than its place. */
function scrollAttributes(text: string, label: string): string {
  const isLarge = hasLongLine(text) || countLines(text) > TALL;
  return isLarge ? ` tabindex="0" role="group" aria-label="${label}"` : "";
}

function hasLongLine(text: string): boolean {
  let start = 0;
  while (text.length - start > NARROW) {
    const end = text.indexOf("\n", start);
    if (end < 0 || end - start > NARROW) return true;
    start = end + 1;
  }
  return false;
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0 && count <= TALL; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
