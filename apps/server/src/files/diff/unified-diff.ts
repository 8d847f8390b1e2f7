import { type LineEdit, lineEdits } from "@notemill/nbformat";

/** How many lines around a change are shown. */
const CONTEXT = 3;

const SIGNS: Readonly<Record<LineEdit["kind"], string>> = { same: " ", removed: "-", added: "+" };

/** One text with its name in the head of a diff. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The differences of two texts as `diff -u` writes them; empty where there are none. */
export function unifiedDiff(before: NamedText, after: NamedText): string {
  const edits = lineEdits(linesOf(before.text), linesOf(after.text));
  const hunks = hunksOf(edits);
  if (hunks.length === 0) return "";
  return [`--- ${before.name}\n`, `+++ ${after.name}\n`, ...hunks.map((hunk) => hunkText(edits, hunk))].join(
    "",
  );
}

/** The lines of a text; what follows the last line break is marked, as it has none. */
function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  return last === "" ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

interface Hunk {
  readonly start: number;
  readonly end: number;
}

function hunksOf(edits: readonly LineEdit[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const [at, { kind }] of edits.entries()) {
    if (kind === "same") continue;
    const start = Math.max(0, at - CONTEXT);
    const end = Math.min(edits.length, at + CONTEXT + 1);
    const last = hunks.at(-1);
    if (last !== undefined && start <= last.end) hunks[hunks.length - 1] = { start: last.start, end };
    else hunks.push({ start, end });
  }
  return hunks;
}

function hunkText(edits: readonly LineEdit[], { start, end }: Hunk): string {
  const shown = edits.slice(start, end);
  const range = (without: LineEdit["kind"]): string => {
    const count = shown.filter(({ kind }) => kind !== without).length;
    const before = edits.slice(0, start).filter(({ kind }) => kind !== without).length;
    return `${count === 0 ? before : before + 1},${count}`;
  };
  const lines = shown.map(({ kind, line }) => `${SIGNS[kind]}${line}\n`).join("");
  return `@@ -${range("added")} +${range("removed")} @@\n${lines}`;
}
