import type { Declaration } from "../declaration.ts";
import { declare } from "../declare.ts";
import { splitStatements } from "../statements.ts";
import type { Statement } from "../statements.ts";
import { flatten, tokenize } from "../tokens.ts";
import type { Token, TokenRule } from "../tokens.ts";
import { readScalaLiteral } from "./scala-literal.ts";
import { scalaTypeSchema } from "./scala-type.ts";

const RULES: readonly TokenRule[] = [
  { kind: "space", match: /[ \t\f]+/y },
  { kind: "newline", match: /\r\n|[\r\n]/y },
  { kind: "comment", match: /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/y },
  { kind: "string", match: /[a-z]*"""[\s\S]*?(?:"""(?!")|$)/y },
  { kind: "string", match: /[a-z]*"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\[^\r\n])[^'\r\n]{0,5}'/y },
  {
    kind: "number",
    match: /(?:0[xX][\da-fA-F_]+[lL]?|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?[lLfFdD]?)/y,
  },
  { kind: "name", match: /[\p{L}_$][\p{L}\p{Nd}_$]*/uy },
  { kind: "op", match: /=>|<-|->|[-+*/%&|^!<>=~?:@#]+|[.,;()[\]{}]/y },
];

/** Reads `val name: Type = default  // help`, also with `var` and `lazy val`. */
export function readScala(source: string): readonly Declaration[] {
  return splitStatements(tokenize(source, RULES), { goesOnAfter }).flatMap((statement) =>
    readStatement(source, statement),
  );
}

function readStatement(source: string, { comment, tokens }: Statement): readonly Declaration[] {
  const keyword = tokens.findIndex(({ text }) => text === "val" || text === "var");
  const modifiers = tokens.slice(0, keyword);
  if (keyword < 0 || !modifiers.every(({ text }) => /^(?:final|implicit|lazy|private|protected)$/.test(text)))
    return [];

  const [target, ...rest] = tokens.slice(keyword + 1);
  const equals = rest.findIndex(({ kind, text }) => kind === "op" && text === "=");
  const [colon, ...type] = rest.slice(0, equals);
  if (target?.kind !== "name" || equals < 0 || (colon && colon.text !== ":")) return [];
  const value = rest.slice(equals + 1);
  const typeText = colon ? flatten(source, type) : undefined;
  return [
    declare(
      {
        comment,
        defaultText: flatten(source, value),
        name: target.text,
        typeText,
        value: readScalaLiteral(value),
      },
      (text) => scalaTypeSchema(tokenize(text, RULES)),
    ),
  ];
}

function goesOnAfter({ kind, text }: Token): boolean {
  return kind === "op" && !/^[)\]}]$/.test(text);
}
