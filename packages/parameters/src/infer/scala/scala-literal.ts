import type { ParameterValue } from "../../parameter-map.ts";
import { floatValue } from "../../values/number-value.ts";
import { readDecimal } from "../decimal-literal.ts";
import { MAX_DEPTH, readList, readTokens } from "../token-reader.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";

const WORDS: Readonly<Record<string, ParameterValue>> = {
  None: null,
  Nil: [],
  false: false,
  null: null,
  true: true,
};
const DOUBLES: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  NegativeInfinity: Number.NEGATIVE_INFINITY,
  PositiveInfinity: Number.POSITIVE_INFINITY,
};
const LISTS = new Set("Seq List Vector Array Set IndexedSeq".split(" "));
const SIMPLE: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/**
 * Reads a literal of Scala: numbers, text, booleans, `None`, `Some(…)`, and `Seq`, `List`, `Map`
 * and their like. `undefined` for anything else.
 */
export function readScalaLiteral(tokens: readonly Token[]): ParameterValue | undefined {
  const reader = readTokens(tokens);
  const value = readValue(reader, 0);
  return reader.peek() ? undefined : value;
}

function readValue(reader: TokenReader, depth: number): ParameterValue | undefined {
  const token = depth > MAX_DEPTH ? undefined : reader.next();
  if (!token) return undefined;
  if (token.kind === "string") return readScalaString(token.text);
  if (token.kind === "number") return readNumber(token.text, false);
  if (token.text === "-") {
    const number = reader.next();
    return number?.kind === "number" ? readNumber(number.text, true) : undefined;
  }
  return token.kind === "name" ? readNamed(token.text, reader, depth) : undefined;
}

function readNamed(name: string, reader: TokenReader, depth: number): ParameterValue | undefined {
  if (Object.hasOwn(WORDS, name)) return WORDS[name];
  if (name === "Double" && reader.takes(".")) {
    const value = DOUBLES[reader.next()?.text ?? ""];
    return value === undefined ? undefined : floatValue(value);
  }
  if (!skipTypeArguments(reader) || !reader.takes("(")) return undefined;
  if (name === "Some") {
    const value = readValue(reader, depth + 1);
    return reader.takes(")") ? value : undefined;
  }
  if (LISTS.has(name)) return readList(reader, ")", () => readValue(reader, depth + 1));
  if (name !== "Map") return undefined;
  const entries = readList(reader, ")", () => readEntry(reader, depth));
  return entries && Object.fromEntries(entries);
}

/** `Seq[Int](1)`: the type adds nothing. */
function skipTypeArguments(reader: TokenReader): boolean {
  if (!reader.takes("[")) return true;
  for (let open = 1; open > 0;) {
    const token = reader.next();
    if (!token) return false;
    if (token.text === "[") open += 1;
    if (token.text === "]") open -= 1;
  }
  return true;
}

function readEntry(reader: TokenReader, depth: number): [string, ParameterValue] | undefined {
  const key = reader.next();
  const name = key?.kind === "string" ? readScalaString(key.text) : undefined;
  if (name === undefined || !reader.takes("->")) return undefined;
  const value = readValue(reader, depth + 1);
  return value === undefined ? undefined : [name, value];
}

function readNumber(text: string, negative: boolean): ParameterValue | undefined {
  if (/^0[xX]/.test(text) || !/[fFdD]$/.test(text)) return readDecimal(text.replace(/[lL]$/, ""), negative);
  const digits = text.slice(0, -1);
  return readDecimal(/[.eE]/.test(digits) ? digits : `${digits}.0`, negative);
}

/** Text with a prefix, such as `s"…"`, is computed. */
function readScalaString(literal: string): string | undefined {
  const long = /^"""([\s\S]*)"""$/.exec(literal);
  if (long) return long[1];
  const quoted = /^(["'])([\s\S]*)\1$/.exec(literal);
  return quoted ? unescape(quoted[2] ?? "") : undefined;
}

function unescape(body: string): string | undefined {
  let sound = true;
  const text = body.replaceAll(/\\(?:u+([\da-fA-F]{4})|([\s\S]?))/g, (_whole, hex?: string, char = "") => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (SIMPLE[char] === undefined) sound = false;
    return SIMPLE[char] ?? "";
  });
  return sound ? text : undefined;
}
