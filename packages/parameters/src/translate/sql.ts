import type { FloatNode, IntNode, ValueNode } from "../values/value-node.ts";
import { toJsonText } from "../values/json-text.ts";
import type { Dialect, Writing } from "./dialect.ts";
import { kindsOf } from "./numbers.ts";
import { words } from "./variable-name.ts";

/** Words that DuckDB or standard SQL keep; case does not count. */
const RESERVED = words(`
  all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
  create current default deferrable desc describe distinct do else end except false fetch for foreign
  from global grant group having in initially intersect into lambda lateral leading limit local not
  null offset on only or order pivot placing primary qualify references returning select session show
  some summarize symmetric table then to trailing true union unique unpivot using variable when where
  window with
`);
const HUGEINT_MAX = 2n ** 127n - 1n;

/** SQL with session variables, as DuckDB has them: `SET VARIABLE name = value;`, read by `getvariable('name')`. */
export const sql: Dialect = {
  comment: (text) => `-- ${text}`.trim(),
  nameRule: "a letter or underscore, then letters, digits and underscores, not a reserved word of SQL",
  variable: (name) => (/^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name.toLowerCase()) ? name : undefined),
  assign: (variable, value, { write }) => `SET VARIABLE ${variable} = ${write(value)};`,
  environment: (variable) => `getvariable('${variable}')`,
  literals: {
    null: () => "NULL",
    bool: (value) => (value ? "TRUE" : "FALSE"),
    int: writeInt,
    float: writeFloat,
    string: quote,
    list: (items, writing) =>
      isUniform(items)
        ? `[${items.map((item) => writing.write(item)).join(", ")}]`
        : json({ items, kind: "list" }, writing),
    dict: (entries, writing) => json({ entries, kind: "dict" }, writing),
  },
};

function writeInt({ value }: IntNode, { refuse }: Writing): string {
  const size = value < 0n ? -value : value;
  return size <= HUGEINT_MAX
    ? String(value)
    : refuse(`the integer ${value} has more than 128 bits; pass it as text`);
}

/** Without an exponent the literal would be a decimal. */
function writeFloat({ text, value }: FloatNode): string {
  if (!Number.isFinite(value)) return `'${text}'::DOUBLE`;
  return text.includes("e") ? text : `${text}e0`;
}

function quote(text: string, { refuse }: Writing): string {
  if (text.includes("\0")) return refuse("SQL has no text with a NUL character");
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list of SQL has items of one type. */
function isUniform(items: readonly ValueNode[]): boolean {
  const kinds = kindsOf(items);
  return kinds.size <= 1 && !kinds.has("list") && !kinds.has("dict") && !kinds.has("null");
}

function json(node: ValueNode, writing: Writing): string {
  return `${quote(toJsonText(node), writing)}::JSON`;
}
