import type { Formula } from "./render-math.ts";

/** A formula in a text, and the index behind its closing delimiter. */
export interface FoundFormula extends Formula {
  readonly end: number;
}

const LONGEST = 3000;
/** Closing delimiters that are looked at and turned down before the search is given up. */
const MOST_TRIES = 20;

/**
 * Reads the formula that begins at `start`, as notebooks write them: `$…$`,
 * `$$…$$`, `\\(…\\)`, `\\[…\\]` and `\begin{name}…\end{name}`.
 *
 * A `$` of an amount of money opens nothing: the closing one must not stand
 * before a digit, and has blank space before it only when the opening one has
 * blank space behind it.
 */
export function findFormula(text: string, start: number): FoundFormula | undefined {
  if (text.startsWith("$$", start)) return between(text, start, ["$$", "$$"], "block");
  if (text.startsWith("$", start)) return betweenDollars(text, start);
  if (text.startsWith("\\\\(", start)) return between(text, start, ["\\\\(", "\\\\)"], "inline");
  if (text.startsWith("\\\\[", start)) return between(text, start, ["\\\\[", "\\\\]"], "block");
  return environment(text, start);
}

function between(
  text: string,
  start: number,
  [open, close]: readonly [string, string],
  display: Formula["display"],
): FoundFormula | undefined {
  const from = start + open.length;
  const end = text.slice(from, from + LONGEST).indexOf(close);
  const tex = text.slice(from, from + end).trim();
  return end < 0 || tex === "" ? undefined : { tex, display, end: from + end + close.length };
}

function betweenDollars(text: string, start: number): FoundFormula | undefined {
  const window = text.slice(start + 1, start + 1 + LONGEST);
  const isSpaced = /^\s/.test(window);
  let at = 0;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    at = window.indexOf("$", at);
    if (at < 0) return undefined;
    const tex = window.slice(0, at);
    const isEscaped = /(?:^|[^\\])\\(?:\\\\)*$/.test(tex.slice(-20));
    const fits = !/^\d/.test(window.slice(at + 1)) && /\s$/.test(tex) === isSpaced;
    // Half a pair of backticks: the other dollar is in code.
    const isInCode = tex.split("`").length % 2 === 0;
    if (!isEscaped && !isInCode && tex.trim() !== "") {
      if (fits) return { tex: tex.trim(), display: "inline", end: start + 1 + at + 1 };
      if (!isSpaced && /\s$/.test(tex)) return undefined;
    }
    at += 1;
  }
  return undefined;
}

function environment(text: string, start: number): FoundFormula | undefined {
  const window = text.slice(start, start + LONGEST);
  const [open = "", name = ""] = /^\\begin\{([a-zA-Z]{1,20}\*?)\}/.exec(window) ?? [];
  if (open === "") return undefined;
  const close = `\\end{${name}}`;
  const end = window.indexOf(close);
  if (end < 0) return undefined;
  return { tex: window.slice(0, end + close.length), display: "block", end: start + end + close.length };
}
