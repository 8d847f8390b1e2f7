/** A part of a script. */
export interface ScriptPart {
  readonly kind: "code" | "markdown" | "raw";
  readonly tags: readonly string[];
  /** Without the line of its marker. */
  readonly source: string;
}

/** A script in parts, and whether markers made them. */
export interface SplitScript {
  readonly parts: readonly ScriptPart[];
  readonly isMarked: boolean;
}

/**
 * Splits a script at the lines that begin a cell: a comment that begins with `%%`,
 * as editors and jupytext have it. Behind it may come `[markdown]` or `[raw]`, and
 * `tags=["…"]`; a title is for readers only.
 *
 * Text in front of the first marker is a part too. Empty parts are left out.
 */
export function splitScript(source: string, comment: string): SplitScript {
  const marker = new RegExp(`^\\s*${escaped(comment)}\\s*%%(.*)$`);
  const drafts: { head: string; lines: string[] }[] = [{ head: "", lines: [] }];
  for (const line of source.replaceAll(/\r\n?/g, "\n").split("\n")) {
    const head = marker.exec(line)?.[1];
    if (head === undefined) drafts.at(-1)?.lines.push(line);
    else drafts.push({ head, lines: [] });
  }
  const parts = drafts.map(({ head, lines }) => toPart(head, lines, comment));
  return { parts: parts.filter((part) => part.source !== ""), isMarked: drafts.length > 1 };
}

function toPart(head: string, lines: readonly string[], comment: string): ScriptPart {
  const kind = /\[(markdown|md|raw)\]/.exec(head)?.[1];
  const tags = readTags(head);
  if (kind === undefined) return { kind: "code", tags, source: trimmed(lines) };
  const uncommented = lines.map((line) => withoutComment(line, comment));
  return { kind: kind === "raw" ? "raw" : "markdown", tags, source: trimmed(uncommented) };
}

function readTags(head: string): readonly string[] {
  const list = /\btags\s*=\s*\[([^\]]*)\]/.exec(head)?.[1] ?? "";
  return [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single ?? "");
}

function withoutComment(line: string, comment: string): string {
  return line.startsWith(comment) ? line.slice(comment.length).replace(/^ /, "") : line;
}

/** Without empty lines around it. */
function trimmed(lines: readonly string[]): string {
  const isBlank = (line: string | undefined): boolean => line?.trim() === "";
  let [from, to] = [0, lines.length];
  while (from < to && isBlank(lines[from])) from += 1;
  while (to > from && isBlank(lines[to - 1])) to -= 1;
  return lines.slice(from, to).join("\n");
}

function escaped(text: string): string {
  return text.replaceAll(/[/\\^$*+?.()|[\]{}-]/g, "\\$&");
}
