import type { ParameterValue } from "../../parameter-map.ts";
import { floatValue } from "../../values/number-value.ts";
import { readDecimal } from "../decimal-literal.ts";
import { MAX_DEPTH, readList, readTokens } from "../token-reader.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";

const WORDS: ReadonlyMap<string, ParameterValue> = new Map<string, ParameterValue>([
  ["FALSE", false],
  ["Inf", floatValue(Number.POSITIVE_INFINITY)],
  ["NULL", null],
  ["NaN", floatValue(Number.NaN)],
  ["TRUE", true],
]);
const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "\n",
  '"': '"',
  "'": "'",
  "\\": "\\",
  "`": "`",
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * Reads a literal of R: numbers, text, `TRUE`, `FALSE`, `NULL`, and `c(…)` and `list(…)` of them,
 * which are a mapping when every item has a name. `undefined` for anything else.
 */
export function readRLiteral(tokens: readonly Token[]): ParameterValue | undefined {
  const reader = readTokens(tokens);
  const value = readValue(reader, 0);
  return reader.peek() ? undefined : value;
}

function readValue(reader: TokenReader, depth: number): ParameterValue | undefined {
  const token = depth > MAX_DEPTH ? undefined : reader.next();
  if (!token) return undefined;
  if (token.kind === "string") return readRString(token.text);
  if (token.kind === "number") return readNumber(token.text, false);
  if (token.kind === "op" && token.text === "-") return readNegative(reader);
  if (token.kind !== "name") return undefined;
  if ((token.text === "c" || token.text === "list") && reader.takes("(")) return readItems(reader, depth);
  return WORDS.get(token.text);
}

function readNegative(reader: TokenReader): ParameterValue | undefined {
  const token = reader.next();
  if (token?.text === "Inf") return floatValue(Number.NEGATIVE_INFINITY);
  return token?.kind === "number" ? readNumber(token.text, true) : undefined;
}

/** `5L` is an integer; R has no other sign of one, so `5` counts as one, too. */
function readNumber(text: string, negative: boolean): ParameterValue | undefined {
  return text.endsWith("i") ? undefined : readDecimal(text.replace(/L$/, ""), negative);
}

function readItems(reader: TokenReader, depth: number): ParameterValue | undefined {
  const items = readList(reader, ")", () => readItem(reader, depth));
  if (!items) return undefined;
  const named = items.filter(({ name }) => name !== undefined).length;
  if (named === 0) return items.map(({ value }) => value);
  if (named < items.length) return undefined;
  return Object.fromEntries(items.map(({ name = "", value }) => [name, value]));
}

interface Item {
  readonly name: string | undefined;
  readonly value: ParameterValue;
}

function readItem(reader: TokenReader, depth: number): Item | undefined {
  const name = reader.peek(1)?.text === "=" ? readName(reader) : undefined;
  if (name === null) return undefined;
  const value = readValue(reader, depth + 1);
  return value === undefined ? undefined : { name, value };
}

function readName(reader: TokenReader): string | null {
  const token = reader.next();
  reader.next();
  if (token?.kind === "name") return token.text;
  return token?.kind === "string" ? (readRString(token.text) ?? null) : null;
}

/** End of the string at `start`: quoted, or raw as in `r"(…)"`. */
export function endOfRString(source: string, start: number): number {
  const raw = /^[rR]["'](-*)([([{])/.exec(source.slice(start, start + 40));
  if (raw) {
    const [whole, dashes = "", bracket = ""] = raw;
    const close = `${{ "(": ")", "[": "]", "{": "}" }[bracket] ?? ""}${dashes}${whole.charAt(1)}`;
    const end = source.indexOf(close, start + whole.length);
    return end < 0 ? source.length : end + close.length;
  }
  const quote = source.charAt(start);
  if (quote !== '"' && quote !== "'") return -1;
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === quote) return at + 1;
  }
  return source.length;
}

function readRString(literal: string): string | undefined {
  const raw = /^[rR](["'])(-*)[([{]([\s\S]*)[)\]}]\2\1$/.exec(literal);
  if (raw) return raw[3];
  const quoted = /^(["'])([\s\S]*)\1$/.exec(literal);
  return quoted ? unescape(quoted[2] ?? "") : undefined;
}

function unescape(body: string): string | undefined {
  let sound = true;
  const text = body.replaceAll(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|[uU]\{([\da-fA-F]{1,8})\}|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|([\s\S]?))/g,
    (_whole, octal?: string, hex?: string, braced?: string, short?: string, long?: string, char = "") => {
      const code =
        octal === undefined
          ? Number.parseInt(hex ?? braced ?? short ?? long ?? "", 16)
          : Number.parseInt(octal, 8);
      // `\xe9` is a byte of an encoding that is not known here.
      if (!Number.isNaN(code) && code > 0 && code <= 0x10ffff && !(hex !== undefined && code > 0x7f)) {
        return String.fromCodePoint(code);
      }
      if (!Number.isNaN(code) || SIMPLE[char] === undefined) sound = false;
      return SIMPLE[char] ?? "";
    },
  );
  return sound ? text : undefined;
}
