import type { Declaration } from "../declaration.ts";
import { flatten } from "../tokens.ts";
import type { Token } from "../tokens.ts";
import { readTypeComment } from "../type-comment.ts";
import { readPythonLiteral } from "./python-literal.ts";
import { topLevelStatements } from "./python-statements.ts";
import type { Statement } from "./python-statements.ts";
import { readPythonString } from "./python-string.ts";
import { tokenizePython } from "./python-tokens.ts";
import { pythonTypeSchema } from "./python-type.ts";

/** The most names that get one default: `a = b = … = 1`. */
const MAX_CHAIN = 100;

/**
 * Reads the assignments at the top level of a Python cell: `name = default`,
 * `name: type = default  # help`, `name: type`, `a = b = default`.
 */
export function readPython(source: string): readonly Declaration[] {
  // A cell of another language.
  if (/^\s*%%/.test(source)) return [];
  return topLevelStatements(source).flatMap((statement) => readStatement(source, statement));
}

function readStatement(source: string, { comment, tokens }: Statement): readonly Declaration[] {
  const [target, second] = tokens;
  if (target?.kind !== "name" || second?.kind !== "op") return [];
  if (second.text === ":") return readAnnotated(source, target, tokens.slice(2), comment);
  if (second.text !== "=") return [];

  const names: string[] = [];
  for (let at = 0; isTarget(tokens, at); at += 2) names.push(tokens[at]?.text ?? "");
  const value = tokens.slice(names.length * 2);
  return names.slice(0, MAX_CHAIN).map((name) => declare(source, name, [], value, comment));
}

/** Whether `name =` stands at `at`. */
function isTarget(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.kind === "name" && tokens[at + 1]?.kind === "op" && tokens[at + 1]?.text === "=";
}

function readAnnotated(
  source: string,
  target: Token,
  tokens: readonly Token[],
  comment: string,
): readonly Declaration[] {
  const equals = topLevelIndex(tokens, "=");
  const annotation = equals < 0 ? tokens : tokens.slice(0, equals);
  if (annotation.length === 0) return [];
  return [
    declare(source, target.text, annotation, equals < 0 ? undefined : tokens.slice(equals + 1), comment),
  ];
}

function declare(
  source: string,
  name: string,
  annotation: readonly Token[],
  value: readonly Token[] | undefined,
  comment: string,
): Declaration {
  const { help, typeText: commentType } = readTypeComment(comment);
  const type = annotation.length > 0 ? annotation : tokenizePython(commentType ?? "");
  const typeText = annotation.length > 0 ? annotationText(source, annotation) : commentType;
  const literal = value && readPythonLiteral(value);
  return {
    help,
    name,
    ...(typeText === undefined ? {} : { typeSchema: pythonTypeSchema(type), typeText }),
    ...(value === undefined ? {} : { defaultText: flatten(source, value) }),
    ...(literal === undefined ? {} : { value: literal }),
  };
}

/** An annotation in quotes says the same as one without. */
function annotationText(source: string, tokens: readonly Token[]): string {
  const [only] = tokens;
  const quoted = tokens.length === 1 && only?.kind === "string" ? readPythonString(only.text) : undefined;
  return quoted?.trim() ?? flatten(source, tokens);
}

function topLevelIndex(tokens: readonly Token[], text: string): number {
  let open = 0;
  return tokens.findIndex(({ kind, text: found }) => {
    if (kind === "op" && "([{".includes(found)) open += 1;
    if (kind === "op" && ")]}".includes(found)) open -= 1;
    return kind === "op" && found === text && open === 0;
  });
}
