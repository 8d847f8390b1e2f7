import type { ParameterValue } from "../../parameter-map.ts";
import { floatValue, integerValue } from "../../values/number-value.ts";
import { readPythonFloat } from "../../values/python-number.ts";
import { toPythonStr } from "../../values/python-text.ts";
import { toValueNode } from "../../values/value-node.ts";
import { MAX_DEPTH, readList, readTokens } from "../token-reader.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";
import { readPythonString } from "./python-string.ts";

const WORDS: Readonly<Record<string, ParameterValue>> = { False: false, None: null, True: true };

/**
 * Reads a literal: numbers, text, `None`, booleans, and lists, tuples, sets and dicts of them;
 * tuples and sets become lists. Also `float("nan")` and its like, which parameters are written as.
 *
 * @returns `undefined` for anything else; nothing is ever run.
 */
export function readPythonLiteral(tokens: readonly Token[]): ParameterValue | undefined {
  const reader = readTokens(tokens);
  const first = readValue(reader, 0);
  if (first === undefined || !reader.peek()) return first;
  // A tuple needs no parentheses.
  if (!reader.takes(",")) return undefined;
  const items = [first];
  while (reader.peek()) {
    const item = readValue(reader, 0);
    if (item === undefined) return undefined;
    items.push(item);
    if (!reader.takes(",") && reader.peek()) return undefined;
  }
  return items;
}

function readValue(reader: TokenReader, depth: number): ParameterValue | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const token = reader.next();
  if (!token) return undefined;
  if (token.kind === "number") return readNumber(token.text, false);
  if (token.kind === "string") return readStrings(token, reader);
  if (token.text === "float" && reader.takes("(")) return readFloatCall(reader);
  if (token.kind === "name") return Object.hasOwn(WORDS, token.text) ? WORDS[token.text] : undefined;
  if (token.kind !== "op") return undefined;
  switch (token.text) {
    case "-":
    case "+":
      return readSigned(reader, token.text);
    case "[":
      return readList(reader, "]", () => readValue(reader, depth + 1));
    case "(":
      return readParentheses(reader, depth);
    case "{":
      return readBraces(reader, depth);
    default:
      return undefined;
  }
}

function readSigned(reader: TokenReader, sign: string): ParameterValue | undefined {
  const token = reader.next();
  if (token?.text === "float" && reader.takes("(")) return readFloatCall(reader, sign);
  return token?.kind === "number" ? readNumber(token.text, sign === "-") : undefined;
}

function readNumber(text: string, negative: boolean): ParameterValue | undefined {
  if (/(?:^|[^\da-fA-F])_|__|_$/.test(text.replace(/^0[xob]_?/i, ""))) return undefined;
  const digits = text.replaceAll("_", "");
  const integer = /^(?:0+|[1-9]\d*)$/.test(digits) || /^0[xXoObB]/.test(digits);
  if (integer) {
    if (digits.length > 4300) return undefined;
    return integerValue(negative ? -BigInt(digits) : BigInt(digits));
  }
  if (/^\d+$/.test(digits) || /[jJ]$/.test(digits)) return undefined;
  return floatValue(negative ? -Number(digits) : Number(digits));
}

/** Strings that follow each other are one. */
function readStrings(first: Token, reader: TokenReader): string | undefined {
  let text = readPythonString(first.text);
  while (text !== undefined && reader.peek()?.kind === "string") {
    const more = readPythonString(reader.next()?.text ?? "");
    text = more === undefined ? undefined : text + more;
  }
  return text;
}

function readFloatCall(reader: TokenReader, sign = ""): ParameterValue | undefined {
  const token = reader.next();
  if (token?.kind !== "string" || !reader.takes(")")) return undefined;
  const value = readPythonFloat(readPythonString(token.text) ?? "");
  if (value === undefined) return undefined;
  return floatValue(sign === "-" ? -value : value);
}

function readParentheses(reader: TokenReader, depth: number): ParameterValue | undefined {
  if (reader.takes(")")) return [];
  const first = readValue(reader, depth + 1);
  if (first === undefined || reader.takes(")")) return first;
  if (!reader.takes(",")) return undefined;
  const rest = readList(reader, ")", () => readValue(reader, depth + 1));
  return rest && [first, ...rest];
}

function readBraces(reader: TokenReader, depth: number): ParameterValue | undefined {
  if (reader.takes("}")) return {};
  const first = readValue(reader, depth + 1);
  if (first === undefined) return undefined;
  if (!reader.takes(":")) {
    if (reader.takes("}")) return [first];
    const rest = reader.takes(",") ? readList(reader, "}", () => readValue(reader, depth + 1)) : undefined;
    return rest && [first, ...rest];
  }
  const value = readValue(reader, depth + 1);
  if (value === undefined) return undefined;
  const entries = reader.takes(",")
    ? readList(reader, "}", () => readEntry(reader, depth))
    : endOfDict(reader);
  return entries && Object.fromEntries([[keyText(first), value], ...entries]);
}

function endOfDict(reader: TokenReader): [] | undefined {
  return reader.takes("}") ? [] : undefined;
}

function readEntry(reader: TokenReader, depth: number): [string, ParameterValue] | undefined {
  const key = readValue(reader, depth + 1);
  if (key === undefined || !reader.takes(":")) return undefined;
  const value = readValue(reader, depth + 1);
  return value === undefined ? undefined : [keyText(key), value];
}

function keyText(key: ParameterValue): string {
  return typeof key === "string" ? key : toPythonStr(toValueNode(key, "key"));
}
