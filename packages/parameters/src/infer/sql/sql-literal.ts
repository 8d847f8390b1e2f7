import type { ParameterValue } from "../../parameter-map.ts";
import { readDecimal } from "../decimal-literal.ts";
import { MAX_DEPTH, readList, readTokens } from "../token-reader.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";

const WORDS: Readonly<Record<string, ParameterValue>> = { FALSE: false, NULL: null, TRUE: true };

/** Reads a literal of SQL: numbers, text, `TRUE`, `FALSE`, `NULL`, and lists of them. */
export function readSqlLiteral(tokens: readonly Token[]): ParameterValue | undefined {
  const reader = readTokens(tokens);
  const value = readValue(reader, 0);
  return reader.peek() ? undefined : value;
}

function readValue(reader: TokenReader, depth: number): ParameterValue | undefined {
  const token = depth > MAX_DEPTH ? undefined : reader.next();
  if (!token) return undefined;
  if (token.kind === "string") return readText(token.text);
  if (token.kind === "number") return readDecimal(token.text);
  if (token.text === "-") {
    const number = reader.next();
    return number?.kind === "number" ? readDecimal(number.text, true) : undefined;
  }
  if (token.text.toUpperCase() === "ARRAY" && reader.takes("[")) return readItems(reader, depth);
  if (token.text === "[") return readItems(reader, depth);
  const word = token.text.toUpperCase();
  return token.kind === "name" && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

function readItems(reader: TokenReader, depth: number): ParameterValue | undefined {
  return readList(reader, "]", () => readValue(reader, depth + 1));
}

/** Double quotes hold a name, not text. */
function readText(literal: string): string | undefined {
  const found = /^'((?:[^']|'')*)'$/.exec(literal);
  return found?.[1]?.replaceAll("''", "'");
}
