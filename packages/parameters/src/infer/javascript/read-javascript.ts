import type { Declaration } from "../declaration.ts";
import { declare } from "../declare.ts";
import { splitStatements } from "../statements.ts";
import type { Statement } from "../statements.ts";
import { flatten } from "../tokens.ts";
import type { Token } from "../tokens.ts";
import { readJavaScriptLiteral } from "./javascript-literal.ts";
import { tokenizeJavaScript } from "./javascript-tokens.ts";
import { typescriptTypeSchema } from "./typescript-type.ts";

/** Reads `let name: Type = default;  // help`, also with `const` and `var`, several at once, and `name = default`. */
export function readJavaScript(source: string): readonly Declaration[] {
  const statements = splitStatements(tokenizeJavaScript(source), { goesOnAfter });
  return statements.flatMap((statement) => readStatement(source, statement));
}

/** The keyword that each variable of a cell is declared with. */
export function declarationKeywords(source: string): ReadonlyMap<string, "const" | "let" | "var"> {
  return new Map(
    splitStatements(tokenizeJavaScript(source), { goesOnAfter }).flatMap(({ tokens }) => {
      const { keyword, parts } = splitDeclaration(tokens);
      return keyword ? parts.map(([target]) => [target?.text ?? "", keyword] as const) : [];
    }),
  );
}

/** The parts of `let a = 1, b = 2`, or the whole statement when it declares nothing. */
function splitDeclaration(tokens: readonly Token[]): {
  readonly keyword: "const" | "let" | "var" | undefined;
  readonly parts: readonly (readonly Token[])[];
} {
  const rest = tokens[0]?.text === "export" ? tokens.slice(1) : tokens;
  const keyword = (["const", "let", "var"] as const).find((word) => word === rest[0]?.text);
  return { keyword, parts: keyword ? splitAtCommas(rest.slice(1)) : [rest] };
}

function readStatement(source: string, { comment, tokens }: Statement): readonly Declaration[] {
  const { keyword, parts } = splitDeclaration(tokens);
  const declares = keyword !== undefined;
  return parts.flatMap((part, index) => {
    const found = readDeclarator(source, part, declares);
    return found
      ? [declare({ ...found, comment: index === parts.length - 1 ? comment : "" }, typeSchema)]
      : [];
  });
}

function readDeclarator(
  source: string,
  tokens: readonly Token[],
  declares: boolean,
): Omit<Parameters<typeof declare>[0], "comment"> | undefined {
  const [target, second] = tokens;
  if (target?.kind !== "name") return undefined;
  const equals = findTopLevel(tokens, "=");
  const typed = declares && second?.text === ":";
  if (equals < 0 ? !typed : equals !== 1 && !typed) return undefined;

  const type = typed ? tokens.slice(2, equals < 0 ? undefined : equals) : [];
  const value = equals < 0 ? undefined : tokens.slice(equals + 1);
  return {
    defaultText: value && flatten(source, value),
    name: target.text,
    typeText: typed ? flatten(source, type) : undefined,
    value: value && readJavaScriptLiteral(value),
  };
}

function typeSchema(text: string): ReturnType<typeof typescriptTypeSchema> {
  return typescriptTypeSchema(tokenizeJavaScript(text));
}

function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let open = 0;
  for (const token of tokens) {
    open += nesting(token);
    if (token.kind === "op" && token.text === "," && open === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** How a token changes the depth; `<` counts for a bracket, as it is one in types. */
function nesting({ kind, text }: Token): number {
  if (kind !== "op") return 0;
  return "([{<".includes(text) ? 1 : ")]}>".includes(text) ? -1 : 0;
}

function findTopLevel(tokens: readonly Token[], text: string): number {
  let open = 0;
  return tokens.findIndex((token) => {
    open += nesting(token);
    return token.kind === "op" && token.text === text && open === 0;
  });
}

function goesOnAfter({ kind, text }: Token): boolean {
  return kind === "op" && !/^(?:[)\]}>]|\+\+|--)$/.test(text);
}
