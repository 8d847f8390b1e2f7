import { MAX_DEPTH } from "../token-reader.ts";
import { tokenize } from "../tokens.ts";
import type { Token, TokenRule } from "../tokens.ts";

const RULES: readonly TokenRule[] = [
  { kind: "space", match: /(?:[ \t\f\uFEFF]|\\\r?\n)+/y },
  { kind: "newline", match: /\r\n|[\r\n]/y },
  { kind: "comment", match: /#[^\r\n]*/y },
  { kind: "string", match: (source, at) => endOfString(source, at, 0) },
  {
    kind: "number",
    match:
      /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?(?:\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)/y,
  },
  { kind: "name", match: /[\p{XID_Start}_]\p{XID_Continue}*/uy },
  {
    kind: "op",
    match: /\*\*=|\/\/=|>>=|<<=|\.\.\.|[-+*/%&|^@:=!<>]=|->|\*\*|\/\/|<<|>>|[-+*/%@&|^~<>()[\]{},:.;=]/y,
  },
];

/** Cuts Python source into tokens; an f-string is one token. */
export function tokenizePython(source: string): readonly Token[] {
  return tokenize(source, RULES);
}

/** End of the string literal at `start`, prefix included; an open one ends with its line, or the text. */
function endOfString(source: string, start: number, depth: number): number {
  const opening = /^(?:[rRbBuUfFtT]|[rR][bBfFtT]|[bBfFtT][rR])?("""|'''|"|')/.exec(
    source.slice(start, start + 5),
  );
  const quote = opening?.[1];
  if (!opening || quote === undefined) return -1;
  const formatted = /^[a-zA-Z]*[fFtT]/.test(opening[0]);
  let at = start + opening[0].length;
  while (at < source.length) {
    const char = source.charAt(at);
    if (source.startsWith(quote, at)) return at + quote.length;
    if (char === "\\") at += 2;
    else if (formatted && char === "{" && source[at + 1] !== "{") at = endOfField(source, at, depth + 1);
    else if (formatted && char === "{") at += 2;
    else if (quote.length === 1 && (char === "\n" || char === "\r")) return at;
    else at += 1;
  }
  return source.length;
}

/** End of `{…}` in an f-string: strings inside may use any quote. */
function endOfField(source: string, start: number, depth: number): number {
  if (depth > MAX_DEPTH) return source.length;
  let open = 0;
  let at = start;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === "\n") return at;
    if (char === "{") open += 1;
    if (char === "}") open -= 1;
    const end = /["']/.test(char) ? endOfString(source, at, depth) : at + 1;
    at = Math.max(end, at + 1);
    if (open === 0) return at;
  }
  return at;
}
