import { MAX_DEPTH } from "../token-reader.ts";
import { tokenize } from "../tokens.ts";
import type { Token, TokenRule } from "../tokens.ts";

const RULES: readonly TokenRule[] = [
  { kind: "space", match: /[ \t\v\f\u00A0\uFEFF]+/y },
  { kind: "newline", match: /\r\n|[\r\n\u2028\u2029]/y },
  { kind: "comment", match: /\/\/[^\r\n\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)/y },
  { kind: "string", match: /"(?:[^"\\\r\n]|\\\r\n|\\[\s\S])*"?|'(?:[^'\\\r\n]|\\\r\n|\\[\s\S])*'?/y },
  { kind: "string", match: (source, at) => endOfTemplate(source, at, 0) },
  {
    kind: "number",
    match:
      /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?(?:\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)n?/y,
  },
  { kind: "name", match: /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy },
  {
    kind: "op",
    match:
      /=>|\.\.\.|\?\?=?|\?\.|\*\*=?|&&=?|\|\|=?|[=!]==?|[<>]=|\+\+|--|[-+*/%&|^]=|[-+*/%&|^~!<>=?:.,;@#()[\]{}]/y,
  },
];

/** Cuts JavaScript or TypeScript into tokens; a template is one token. */
export function tokenizeJavaScript(source: string): readonly Token[] {
  return tokenize(source, RULES);
}

/** End of the template at `start`; what stands in `${…}` may hold strings and templates. */
function endOfTemplate(source: string, start: number, depth: number): number {
  if (source[start] !== "`") return -1;
  let at = start + 1;
  while (at < source.length) {
    if (source[at] === "`") return at + 1;
    if (source[at] === "\\") at += 2;
    else if (source.startsWith("${", at)) at = endOfSubstitution(source, at + 2, depth + 1);
    else at += 1;
  }
  return source.length;
}

function endOfSubstitution(source: string, start: number, depth: number): number {
  if (depth > MAX_DEPTH) return source.length;
  let open = 1;
  let at = start;
  while (at < source.length && open > 0) {
    const char = source.charAt(at);
    if (char === "{") open += 1;
    if (char === "}") open -= 1;
    at = char === "`" ? endOfTemplate(source, at, depth) : at + 1;
  }
  return at;
}
