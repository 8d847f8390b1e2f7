import { type LineEdit, lineEdits } from "@notemill/nbformat";

/** How many lines stay around what has changed. */
const CONTEXT = 3;

/** A gap between what is shown. */
const GAP = "…";

/**
 * The lines that have changed, with some around them: ` ` stands before what is in
 * both, `-` before what was, `+` before what is new. Empty where nothing has changed.
 */
export function diffLines(before: string, now: string): readonly string[] {
  const edits = lineEdits(before.split("\n"), now.split("\n"));
  const marked = edits.map(({ kind, line }) => `${MARKS[kind]}${line}`);
  const isNear = marked.map((_, at) =>
    marked.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some((line) => !line.startsWith(" ")),
  );
  if (!isNear.includes(true)) return [];
  return marked.flatMap((line, at) => {
    if (isNear[at] === true) return line;
    return at === 0 || isNear[at - 1] === true ? GAP : [];
  });
}

const MARKS: Readonly<Record<LineEdit["kind"], string>> = { same: " ", removed: "-", added: "+" };
