import type { Declaration } from "../declaration.ts";
import { declare } from "../declare.ts";
import { simpleTypeSchema } from "../simple-type.ts";
import { commentText, splitStatements } from "../statements.ts";
import { flatten, tokenize } from "../tokens.ts";
import type { Token, TokenRule } from "../tokens.ts";
import { readSqlLiteral } from "./sql-literal.ts";

const RULES: readonly TokenRule[] = [
  { kind: "space", match: /[ \t\f]+/y },
  { kind: "newline", match: /\r\n|[\r\n]/y },
  { kind: "comment", match: /--[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/y },
  { kind: "string", match: /'(?:[^']|'')*'?|"(?:[^"]|"")*"?/y },
  { kind: "number", match: /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y },
  { kind: "name", match: /[@\p{L}_][\p{L}\p{Nd}_]*/uy },
  { kind: "op", match: /:=|::|<>|[<>!]=|[-+*/%<>=.,;:()[\]{}|]/y },
];
/** A longer comment declares nothing. */
const MAX_COMMENT_LENGTH = 1000;
/** `-- name: type = default -- help`. */
const COMMENT =
  /^([A-Za-z_]\w*)\s*:\s*([A-Za-z]\w*(?:\s*\([\d\s,]*\))?)\s*=\s*((?:'(?:[^']|'')*'|[^'])*?)\s*(?:--\s*(.*))?$/;

/**
 * Reads `SET [VARIABLE] name = default;  -- help`, `DECLARE @name type = default;`, and
 * comments `-- name: type = default -- help`, for SQL that has no variables.
 */
export function readSql(source: string): readonly Declaration[] {
  const tokens = tokenize(source, RULES);
  const statements = splitStatements(tokens, { goesOnAfter: () => true });
  const found = statements.flatMap(({ comment, tokens: parts }) => {
    const declaration = readSet(source, parts, comment) ?? readDeclare(source, parts, comment);
    return declaration ? [{ at: parts[0]?.start ?? 0, declaration }] : [];
  });
  const comments = tokens.flatMap((token) => {
    const declaration = token.kind === "comment" ? readComment(commentText(token.text)) : undefined;
    return declaration ? [{ at: token.start, declaration }] : [];
  });
  return [...found, ...comments].sort((a, b) => a.at - b.at).map(({ declaration }) => declaration);
}

function readSet(source: string, tokens: readonly Token[], comment: string): Declaration | undefined {
  if (!isWord(tokens[0], "SET")) return undefined;
  const scoped = ["VARIABLE", "SESSION", "LOCAL", "GLOBAL"].some((word) => isWord(tokens[1], word));
  const [target, sign, ...value] = tokens.slice(scoped ? 2 : 1);
  const assigns = sign?.text === "=" || sign?.text === ":=" || isWord(sign, "TO");
  return assigns && target?.kind === "name"
    ? declareSql(source, target.text, undefined, value, comment)
    : undefined;
}

function readDeclare(source: string, tokens: readonly Token[], comment: string): Declaration | undefined {
  const start = tokens.findIndex(({ text }) => !/^(?:DECLARE|OR|REPLACE|VARIABLE)$/i.test(text));
  if (!isWord(tokens[0], "DECLARE") || start < 0) return undefined;
  const [target, ...rest] = tokens.slice(start);
  const sign = rest.findIndex(
    (token) => token.text === "=" || token.text === ":=" || isWord(token, "DEFAULT"),
  );
  if (target?.kind !== "name" || sign < 0) return undefined;
  const type = flatten(source, rest.slice(0, sign));
  return declareSql(source, target.text, type === "" ? undefined : type, rest.slice(sign + 1), comment);
}

function readComment(text: string): Declaration | undefined {
  if (text.length > MAX_COMMENT_LENGTH) return undefined;
  const [, name = "", typeText, defaultText = "", help = ""] = COMMENT.exec(text) ?? [];
  if (name === "") return undefined;
  const value = readSqlLiteral(tokenize(defaultText, RULES));
  return declare({ comment: help, defaultText, name, typeText, value }, simpleTypeSchema);
}

function declareSql(
  source: string,
  target: string,
  typeText: string | undefined,
  value: readonly Token[],
  comment: string,
): Declaration {
  const name = target.replace(/^@+/, "");
  const finding = {
    comment,
    defaultText: flatten(source, value),
    name,
    typeText,
    value: readSqlLiteral(value),
  };
  return declare(finding, simpleTypeSchema);
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "name" && token.text.toUpperCase() === word;
}
