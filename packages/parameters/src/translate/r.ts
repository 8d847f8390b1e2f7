import type { DictNode, FloatNode, ValueNode } from "../values/value-node.ts";
import type { Dialect, Writing } from "./dialect.ts";
import { exactDouble, floatRule } from "./numbers.ts";
import { escapeShortOrLong, escapeUnicode } from "./unicode-escape.ts";
import { variableRule, words } from "./variable-name.ts";

const RESERVED = words(`
  if else repeat while function for next break in TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_
  NA_complex_ NA_character_ ...
`);
const isVariable = variableRule(/^(?:\p{L}|\.(?!\d))[\p{L}\p{M}\p{Nd}._]*$/u, RESERVED);
/** R's parser takes 50 that are open at once. */
const MAX_PARENTHESES = 45;
/** Beyond these, R's own reader of decimals may miss the right double by one bit. */
const SAFE_DIGITS = 15;
const SAFE_EXPONENT = 22;
/** A longer name of a list item is not written as one literal. */
const MAX_NAME_LENGTH = 1000;
/** R reads no literal of more than 10,000 characters with `\u` in it. */
const CHUNK = /[\s\S]{1,4000}/gu;

/** R. */
export const r: Dialect = {
  comment: (text) => `# ${text}`.trim(),
  nameRule: "an R name that is not a reserved word; underscores in front are dropped",
  variable: (name) => {
    const variable = name.replace(/^_+/, "");
    return /^\.\.\d+$/.test(variable) ? undefined : isVariable(variable);
  },
  assign: (variable, value, { refuse, write }) =>
    parentheses(value) > MAX_PARENTHESES
      ? refuse("it is nested too deep for the language; pass the path of a file instead")
      : `${variable} = ${write(value)}`,
  maxDepth: 40,
  environment: (variable) => `Sys.getenv("${variable}")`,
  literals: {
    null: () => "NULL",
    bool: (value) => (value ? "TRUE" : "FALSE"),
    int: exactDouble,
    float: writeFloat,
    string: quote,
    list: (items, { write }) => `list(${items.map((item) => write(item)).join(", ")})`,
    dict: writeList,
  },
};

const writeDecimal = floatRule({ inf: "Inf", nan: "NaN", negativeInf: "-Inf" });

function writeFloat(node: FloatNode): string {
  const [mantissa = "", exponent = "0"] = node.text.replace(/^-/, "").split("e");
  const [whole = "", fraction = ""] = mantissa.replace(/\.0$/, "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "").length;
  const safe = digits <= SAFE_DIGITS && Math.abs(Number(exponent) - fraction.length) <= SAFE_EXPONENT;
  return safe || !Number.isFinite(node.value) ? writeDecimal(node) : hexFloat(node.value);
}

/** The double in hexadecimal, which is read as it is. */
function hexFloat(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, "0");
  const exponent = Math.max(biased, 1) - 1023;
  return `${value < 0 ? "-" : ""}0x${biased === 0 ? 0 : 1}.${fraction}p${exponent < 0 ? "" : "+"}${exponent}`;
}

function quote(text: string, { refuse }: Writing): string {
  if (text.includes("\0")) return refuse("R has no text with a NUL character");
  const chunks = /[^ -~]/.test(text) ? (text.match(CHUNK) ?? []) : [text];
  const literals = chunks.map(
    (chunk) => `"${escapeUnicode(chunk, escapeShortOrLong).replaceAll('"', '\\"')}"`,
  );
  return literals.length === 1 ? literals.join("") : `paste0(${literals.join(", ")})`;
}

function writeList(entries: DictNode["entries"], writing: Writing): string {
  const values = entries.map(([, value]) => writing.write(value));
  const names = entries.map(([key]) => quote(key, writing));
  if (hasPlainNames(entries))
    return `list(${names.map((name, index) => `${name} = ${values[index]}`).join(", ")})`;
  return `structure(list(${values.join(", ")}), names = c(${names.join(", ")}))`;
}

/** Written as an argument, a name may be neither empty nor very long. */
function hasPlainNames(entries: DictNode["entries"]): boolean {
  return entries.every(([key]) => key !== "" && key.length <= MAX_NAME_LENGTH);
}

/** How many parentheses are open at once, at most, where a value is written. */
function parentheses(node: ValueNode): number {
  switch (node.kind) {
    case "list":
      return 1 + mostParentheses(node.items);
    case "dict":
      return (hasPlainNames(node.entries) ? 1 : 2) + mostParentheses(node.entries.map(([, value]) => value));
    case "string":
      return 1;
    default:
      return 0;
  }
}

function mostParentheses(nodes: readonly ValueNode[]): number {
  return nodes.reduce((most, node) => Math.max(most, parentheses(node)), 0);
}
