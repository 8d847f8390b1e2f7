/** Most characters of a line that are shown on either side of a position. */
const AROUND = 60;

/** Shows the line with a position, and a mark under that. */
export function markPosition(text: string, position: number): readonly string[] {
  const at = Math.min(position, text.length);
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const lineEnd = text.indexOf("\n", at);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  const column = at - lineStart;
  const lineNumber = countLines(text, lineStart) + 1;

  const from = Math.max(0, column - AROUND);
  const to = Math.min(line.length, column + AROUND);
  const before = `${from > 0 ? "…" : ""}${line.slice(from, column)}`;
  const after = `${line.slice(column, to)}${to < line.length ? "…" : ""}`;
  const prefix = `LINE ${lineNumber}: `;
  // A tab stays one, so that the mark stands right whatever its width.
  const blank = before.replace(/[^\t]/g, " ");
  return ["", `${prefix}${before}${after}`.trimEnd(), `${" ".repeat(prefix.length)}${blank}^`];
}

function countLines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
