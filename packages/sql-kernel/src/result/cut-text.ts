/** Longest text of a cell in a table, in characters; longer than every number. */
const LONGEST = 1_000;

/** Cuts what is too long to be looked at in a table, and says so. */
export function cutText(text: string): string {
  if (text.length <= LONGEST) return text;
  const head = text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "");
  return `${head}… (${text.length.toLocaleString("en")} characters)`;
}
