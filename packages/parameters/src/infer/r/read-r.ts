import type { Declaration } from "../declaration.ts";
import { declare } from "../declare.ts";
import { simpleTypeSchema } from "../simple-type.ts";
import { splitStatements } from "../statements.ts";
import { flatten, tokenize } from "../tokens.ts";
import type { Token, TokenRule } from "../tokens.ts";
import { endOfRString, readRLiteral } from "./r-literal.ts";

const RULES: readonly TokenRule[] = [
  { kind: "space", match: /[ \t\f\u00A0]+/y },
  { kind: "newline", match: /\r\n|[\r\n]/y },
  { kind: "comment", match: /#[^\r\n]*/y },
  { kind: "string", match: endOfRString },
  { kind: "number", match: /(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[Li]?/y },
  { kind: "name", match: /(?:\p{L}|\.(?!\d))[\p{L}\p{Nd}._]*/uy },
  { kind: "op", match: /<<-|->>|<-|->|%[^%\r\n]*%|\|>|[<>=!]=|&&|\|\||:::?|[-+*/^~?!<>=&|:$@()[\]{},;\\]/y },
];

/** Reads `name <- default` and `name = default  # help` at the top level of an R cell. */
export function readR(source: string): readonly Declaration[] {
  const statements = splitStatements(tokenize(source, RULES), { goesOnAfter });
  return statements.flatMap(({ comment, tokens }) => {
    const [target, arrow, ...value] = tokens;
    if (target?.kind !== "name" || arrow?.kind !== "op" || !/^(?:<-|<<-|=)$/.test(arrow.text)) return [];
    const defaultText = flatten(source, value);
    return [
      declare({ comment, defaultText, name: target.text, value: readRLiteral(value) }, simpleTypeSchema),
    ];
  });
}

/** An operator at the end of a line asks for more. */
function goesOnAfter({ kind, text }: Token): boolean {
  return kind === "op" && !/^[)\]}]$/.test(text);
}
