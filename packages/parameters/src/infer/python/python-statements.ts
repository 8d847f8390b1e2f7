import type { Token } from "../tokens.ts";
import { tokenizePython } from "./python-tokens.ts";

/** A statement at the top level of a cell. */
export interface Statement {
  /** Without comments. */
  readonly tokens: readonly Token[];
  /** Text of the comment on its last line, without the `#`. */
  readonly comment: string;
}

const COMPOUND = new Set("async class def elif else except finally for if match try while with".split(" "));

/** Splits a cell into the statements at its top level; indented ones and those behind `if …:` are left out. */
export function topLevelStatements(source: string): readonly Statement[] {
  const statements: Statement[] = [];
  for (const line of logicalLines(tokenizePython(source))) {
    const [first] = line;
    if (!first || isIndented(source, first) || isForeign(first) || isCompound(line)) continue;
    statements.push(...splitStatements(line));
  }
  return statements;
}

/** Lines as Python sees them: a bracket goes on to the line where it closes. */
function logicalLines(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lines: Token[][] = [];
  let line: Token[] = [];
  let open = 0;
  for (const token of tokens) {
    if (token.kind === "op" && "([{".includes(token.text)) open += 1;
    if (token.kind === "op" && ")]}".includes(token.text)) open = Math.max(open - 1, 0);
    if (token.kind === "newline" && open === 0) {
      lines.push(line);
      line = [];
    } else line.push(token);
  }
  return [...lines, line];
}

function splitStatements(line: readonly Token[]): readonly Statement[] {
  const last = line.at(-1);
  const comment = last?.kind === "comment" ? last.text.slice(1) : "";
  const statements: Token[][] = [[]];
  let open = 0;
  for (const token of line) {
    if (token.kind === "comment" || token.kind === "newline") continue;
    if (token.kind === "op" && "([{".includes(token.text)) open += 1;
    if (token.kind === "op" && ")]}".includes(token.text)) open -= 1;
    if (token.kind === "op" && token.text === ";" && open === 0) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  const filled = statements.filter((tokens) => tokens.length > 0);
  return filled.map((tokens, index) => ({ comment: index === filled.length - 1 ? comment : "", tokens }));
}

function isIndented(source: string, token: Token): boolean {
  return /[ \t]/.test(source.charAt(token.start - 1));
}

/** Magics and shell lines of IPython. */
function isForeign(token: Token): boolean {
  return /^[%!?]/.test(token.text);
}

/** `match` and the like are also plain names, so a compound statement needs its colon too. */
function isCompound(line: readonly Token[]): boolean {
  const [first, second] = line;
  if (first?.kind !== "name" || !COMPOUND.has(first.text)) return false;
  return !(second?.kind === "op" && (second.text === "=" || (first.text === "match" && second.text === ":")));
}
