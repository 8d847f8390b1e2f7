// Every control character but tab and line ends; browsers turn some of them into others.
const CONTROL = /(?![\t\n\r])\p{Cc}|\p{Noncharacter_Code_Point}/gu;

/** Replaces the control characters of a text by U+FFFD: none has a meaning in a page. */
export function withoutControls(text: string): string {
  return text.replaceAll(CONTROL, "\ufffd");
}

/** Writes text for a place between tags, without control characters. */
export function escapeText(text: string): string {
  return withoutControls(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Writes text for an attribute in double quotes, line ends included. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\r", "&#13;");
}

/** Reads back what {@link escapeText} and {@link escapeAttribute} wrote. */
export function unescapeText(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#10;", "\n")
    .replaceAll("&#13;", "\r")
    .replaceAll("&amp;", "&");
}
