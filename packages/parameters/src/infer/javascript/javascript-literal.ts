import type { ParameterValue } from "../../parameter-map.ts";
import { floatValue } from "../../values/number-value.ts";
import { readDecimal } from "../decimal-literal.ts";
import { MAX_DEPTH, readList, readTokens } from "../token-reader.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";
import { readJavaScriptString } from "./javascript-string.ts";

const WORDS: ReadonlyMap<string, ParameterValue> = new Map<string, ParameterValue>([
  ["Infinity", floatValue(Number.POSITIVE_INFINITY)],
  ["NaN", floatValue(Number.NaN)],
  ["false", false],
  ["null", null],
  ["true", true],
  ["undefined", null],
]);

/**
 * Reads a literal of JavaScript: numbers, text, booleans, `null`, arrays and objects,
 * and `as const` behind it. `undefined` for anything else.
 */
export function readJavaScriptLiteral(tokens: readonly Token[]): ParameterValue | undefined {
  const reader = readTokens(tokens);
  const value = readValue(reader, 0);
  if (reader.takes("as") && !reader.takes("const")) return undefined;
  return reader.peek() ? undefined : value;
}

function readValue(reader: TokenReader, depth: number): ParameterValue | undefined {
  const token = depth > MAX_DEPTH ? undefined : reader.next();
  if (!token) return undefined;
  if (token.kind === "string") return readJavaScriptString(token.text);
  if (token.kind === "number") return readNumber(token.text, false);
  if (token.kind === "name") return WORDS.get(token.text);
  if (token.text === "[") return readList(reader, "]", () => readValue(reader, depth + 1));
  if (token.text === "{") {
    const entries = readList(reader, "}", () => readProperty(reader, depth));
    return entries && Object.fromEntries(entries);
  }
  return token.text === "-" || token.text === "+" ? readSigned(reader, token.text) : undefined;
}

function readSigned(reader: TokenReader, sign: string): ParameterValue | undefined {
  const token = reader.next();
  if (token?.text === "Infinity")
    return floatValue(sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  return token?.kind === "number" ? readNumber(token.text, sign === "-") : undefined;
}

function readNumber(text: string, negative: boolean): ParameterValue | undefined {
  return readDecimal(text.replace(/n$/, ""), negative);
}

function readProperty(reader: TokenReader, depth: number): [string, ParameterValue] | undefined {
  const computed = reader.takes("[");
  const token = reader.next();
  const key =
    token?.kind === "string" ? readJavaScriptString(token.text) : computed ? undefined : token?.text;
  if (computed && !reader.takes("]")) return undefined;
  if (key === undefined || !/^(?:name|number|string)$/.test(token?.kind ?? "") || !reader.takes(":"))
    return undefined;
  const value = readValue(reader, depth + 1);
  return value === undefined ? undefined : [key, value];
}
