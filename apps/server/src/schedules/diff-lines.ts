import { diff } from "node:util";

/** How many lines stay around what has changed. */
const CONTEXT = 3;

/** A gap between what is shown. */
const GAP = "…";

/**
 * The lines that have changed, with some around them: ` ` stands before what is in
 * both, `-` before what was, `+` before what is new. Empty where nothing has changed.
 */
export function diffLines(before: string, now: string): readonly string[] {
  const entries = diff(before.split("\n"), now.split("\n"));
  const marked = entries.map(([operation, line]) => `${MARKS[operation]}${line}`);
  const isNear = marked.map((_, at) =>
    marked.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some((line) => !line.startsWith(" ")),
  );
  if (!isNear.includes(true)) return [];
  return marked.flatMap((line, at) => {
    if (isNear[at] === true) return line;
    return at === 0 || isNear[at - 1] === true ? GAP : [];
  });
}

/** Node says what would make the first text of the second. */
const MARKS = { "-1": "+", "0": " ", "1": "-" } as const;
