import type { DictNode } from "../values/value-node.ts";
import type { Dialect, Writing } from "./dialect.ts";
import { exactDouble, floatRule } from "./numbers.ts";
import { variableRule, words } from "./variable-name.ts";

/** Keywords, and the functions that the literals below need. */
const RESERVED = words(`
  break case catch classdef continue else elseif end for function global if otherwise parfor
  persistent return spmd switch try while
  NaN char containers false inf nan true
`);
/** What cannot stand in source as it is: control characters and what no editor shows. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/** MATLAB. */
export const matlab: Dialect = {
  comment: (text) => `% ${text}`.trim(),
  nameRule: "a MATLAB name: a letter, then at most 62 letters, digits and underscores, not a keyword",
  variable: variableRule(/^[A-Za-z]\w{0,62}$/, RESERVED),
  assign: (variable, value, { write }) => `${variable} = ${write(value)};`,
  environment: (variable) => `getenv("${variable}")`,
  literals: {
    null: () => "NaN",
    bool: String,
    int: exactDouble,
    float: floatRule({ inf: "inf", nan: "nan", negativeInf: "-inf" }),
    string: (text) => textPieces(text, '"').join(" + "),
    list: (items, { write }) => `{${items.map((item) => write(item)).join(", ")}}`,
    dict: writeMap,
  },
};

function writeMap(entries: DictNode["entries"], { write }: Writing): string {
  if (entries.length === 0) return "containers.Map('KeyType', 'char', 'ValueType', 'any')";
  const keys = entries.map(([key]) => charArray(key));
  return `containers.Map({${keys.join(", ")}}, {${entries.map(([, value]) => write(value)).join(", ")}})`;
}

function charArray(text: string): string {
  const pieces = textPieces(text, "'");
  return pieces.length === 1 ? pieces.join("") : `[${pieces.join(", ")}]`;
}

/**
 * Text in quotes, in which a backslash means itself, and `char(10)` for what cannot
 * stand there. The first piece is quoted, so that `+` joins text.
 */
function textPieces(text: string, quote: string): readonly string[] {
  const pieces: string[] = [];
  let plain = "";
  for (const char of text) {
    if (!HIDDEN.test(char)) {
      plain += char;
      continue;
    }
    if (plain !== "" || pieces.length === 0) pieces.push(quoted(plain, quote));
    plain = "";
    for (let unit = 0; unit < char.length; unit++) pieces.push(`char(${char.charCodeAt(unit)})`);
  }
  if (plain !== "" || pieces.length === 0) pieces.push(quoted(plain, quote));
  return pieces;
}

function quoted(text: string, quote: string): string {
  return quote + text.replaceAll(quote, quote + quote) + quote;
}
