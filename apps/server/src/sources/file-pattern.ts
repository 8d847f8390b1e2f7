import { posix } from "node:path";
import { ServerError } from "../server-error.ts";

/** The longest pattern, in UTF-16 units. */
const MOST_CHARACTERS = 1000;

/** The most patterns without braces that one with braces stands for. */
const MOST_ALTERNATIVES = 64;

/** The most wildcards of any length in one name, and the most `**`: each of them multiplies the work by the length of the path. */
const MOST_STARS = 3;

/** How long others wait while paths are compared, in milliseconds. */
const TURN_MS = 20;

/** Whether a text has a sign that makes a pattern of a path. */
export function isPattern(text: string): boolean {
  return /[*?[\]{}]/.test(text);
}

/**
 * Makes of a pattern what tells whether it names a path. A short pattern can be work for hours, and whoever does it
 * does nothing else meanwhile: those are refused, and of many paths others have their turn in between.
 *
 * @throws {@link ServerError} `REQUEST_INVALID`.
 */
export function filePattern(pattern: string): (path: string) => Promise<boolean> {
  const why = whyTooMuch(pattern);
  if (why === null) return inTurns((path) => posix.matchesGlob(path, pattern));
  const shown = pattern.length > 100 ? `${pattern.slice(0, 100)}…` : pattern;
  throw new ServerError("REQUEST_INVALID", `the pattern "${shown}" ${why}; name the files in a simpler way`, {
    details: { pattern: shown },
  });
}

function inTurns(isNamed: (path: string) => boolean): (path: string) => Promise<boolean> {
  let begun = performance.now();
  return async (path) => {
    if (performance.now() - begun > TURN_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      begun = performance.now();
    }
    return isNamed(path);
  };
}

function whyTooMuch(pattern: string): string | null {
  if (pattern.length > MOST_CHARACTERS) return `has more than ${MOST_CHARACTERS} characters`;
  // As `+(a|aa)`, which is tried in every way that there is.
  if (/[*+?@!]\(/.test(pattern)) return "has a group in parentheses";
  if (countAlternatives(pattern) > MOST_ALTERNATIVES)
    return `stands for more than ${MOST_ALTERNATIVES} patterns`;
  const names = pattern.split("/");
  if (names.filter((it) => it === "**").length > MOST_STARS) return `has more than ${MOST_STARS} times "**"`;
  // What is in braces may be longer by them, and is counted as if all of it were in one name.
  const stars = pattern.includes("{") ? [pattern.replaceAll("**/", "")] : names.filter((it) => it !== "**");
  if (stars.some((it) => (it.match(/\*+/g) ?? []).length > MOST_STARS))
    return `has more than ${MOST_STARS} times "*" in a name`;
  return null;
}

/** How many patterns one with braces stands for. */
function countAlternatives(pattern: string): number {
  let at = 0;
  const alternatives = (): number => {
    const start = at;
    let sum = 0;
    for (;;) {
      const count = sequence();
      const sign = pattern[at];
      at += 1;
      if (sign === ",") sum += count;
      else if (sum > 0) return sum + count;
      // Without a comma they stand for a range, or for themselves.
      else return count * rangeSize(pattern.slice(start, at - 1));
    }
  };
  const sequence = (): number => {
    let product = 1;
    for (; at < pattern.length && pattern[at] !== "," && pattern[at] !== "}";) {
      const isOpening = pattern[at] === "{";
      at += 1;
      if (isOpening) product *= alternatives();
    }
    return product;
  };
  let product = 1;
  // A sign that closes nothing stands for itself.
  for (; at < pattern.length; at += 1) product *= sequence();
  return product;
}

function rangeSize(text: string): number {
  const [, from, to] = /^(-?\d+)\.\.(-?\d+)(?:\.\.-?\d+)?$/.exec(text) ?? [];
  if (from !== undefined) return Math.abs(Number(to) - Number(from)) + 1;
  return text.includes("..") ? 60 : 1;
}
