/** What a token is; `other` is a character that no rule of the language knows. */
type TokenKind = "comment" | "name" | "newline" | "number" | "op" | "other" | "string";

/** A piece of source text. White space between tokens is left out. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Offset of the first character. */
  readonly start: number;
}

/** How a language spells one kind of token: a sticky pattern, or the end of the match (-1: none). */
export interface TokenRule {
  readonly kind: TokenKind | "space";
  readonly match: RegExp | ((source: string, at: number) => number);
}

/** Cuts source into tokens. The first rule that matches wins; no input makes it fail. */
export function tokenize(source: string, rules: readonly TokenRule[]): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const { kind, end } = nextToken(source, at, rules);
    if (kind !== "space") tokens.push({ kind, start: at, text: source.slice(at, end) });
    at = end;
  }
  return tokens;
}

function nextToken(
  source: string,
  at: number,
  rules: readonly TokenRule[],
): { kind: TokenRule["kind"]; end: number } {
  for (const { kind, match } of rules) {
    const end = typeof match === "function" ? match(source, at) : matchSticky(match, source, at);
    if (end > at) return { end, kind };
  }
  return { end: at + 1, kind: "other" };
}

function matchSticky(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : -1;
}

/** End offset of a token. */
function tokenEnd(token: Token): number {
  return token.start + token.text.length;
}

/**
 * The source that tokens stand for, on one line: comments are left out, and lines
 * are joined without their indent. The inside of a string stays as it is.
 */
export function flatten(source: string, tokens: readonly Token[]): string {
  let text = "";
  let end: number | undefined;
  for (const token of tokens) {
    if (token.kind === "comment" || token.kind === "newline") continue;
    const gap = end === undefined ? "" : source.slice(end, token.start);
    text += joint(gap) + token.text;
    end = tokenEnd(token);
  }
  return text;
}

/** What stays of the space between two tokens: nothing of a line break, a blank of one behind a backslash. */
function joint(gap: string): string {
  if (/^[^\S\r\n]*$/.test(gap)) return gap;
  return gap.includes("\\") ? " " : "";
}
