/** A message as a sentence: with a capital at its beginning, and an end. */
export function sentence(message: string): string {
  const text = message.trimEnd();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!…]$/.test(text) ? "" : "."}`;
}
