import type { IntNode, ValueNode } from "../values/value-node.ts";
import type { Dialect } from "./dialect.ts";
import { fitsInt32, fitsInt64, floatRule, mixesBeyondDouble } from "./numbers.ts";
import { escapeShortOrLong, escapeUnicode } from "./unicode-escape.ts";
import { variableRule, words } from "./variable-name.ts";

/** Keywords, and the names that the literals below need. */
const RESERVED = words(`
  abstract as base bool break byte case catch char checked class const continue decimal default
  delegate do double else enum event explicit extern false finally fixed float for foreach goto if
  implicit in int interface internal is lock long namespace new null object operator out override
  params private protected public readonly ref return sbyte sealed short sizeof stackalloc static
  string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual
  void volatile while
  Dictionary Object System
`);
const DICTIONARY = "Dictionary<string,Object>";

/** C#, as .NET Interactive runs it. */
export const csharp: Dialect = {
  comment: (text) => `// ${text}`.trim(),
  nameRule: "a C# identifier that is not a keyword",
  variable: variableRule(/^[\p{L}_][\p{L}\p{M}\p{Nd}_]*$/u, RESERVED),
  // `var` cannot take its type from null.
  assign: (variable, value, { write }) =>
    `${value.kind === "null" ? "object" : "var"} ${variable} = ${write(value)};`,
  environment: (variable) => `System.Environment.GetEnvironmentVariable("${variable}")`,
  literals: {
    null: () => "null",
    bool: String,
    int: writeInt,
    float: floatRule({
      inf: "double.PositiveInfinity",
      nan: "double.NaN",
      negativeInf: "double.NegativeInfinity",
    }),
    string: quote,
    list: (items, { write }) => {
      const type = elementType(items) === "object" ? "object[]" : "[]";
      return `new ${type} { ${items.map((item) => write(item)).join(", ")} }`;
    },
    dict: (entries, { write }) =>
      `new ${DICTIONARY}{ ${entries.map(([key, value]) => `{ ${quote(key)} , ${write(value)} }`).join(", ")} }`,
  },
};

function writeInt({ value }: IntNode): string {
  if (fitsInt32(value)) return String(value);
  if (fitsInt64(value)) return `${value}L`;
  const culture = "System.Globalization.CultureInfo.InvariantCulture";
  return `System.Numerics.BigInteger.Parse("${value}", ${culture})`;
}

function quote(text: string): string {
  return `"${escapeUnicode(text, escapeShortOrLong).replaceAll('"', '\\"')}"`;
}

/** What `new []` would take as the type of its items, and `object` where it would find none. */
function elementType(items: readonly ValueNode[]): string {
  const types = new Set(items.map(typeOf));
  const [only] = types;
  if (only !== undefined && types.size === 1) return only;
  const numeric =
    types.size > 0 && [...types].every((type) => type === "int" || type === "long" || type === "double");
  if (!numeric || mixesBeyondDouble(items)) return "object";
  return types.has("double") ? "double" : "long";
}

function typeOf(node: ValueNode): string {
  switch (node.kind) {
    case "int":
      if (fitsInt32(node.value)) return "int";
      return fitsInt64(node.value) ? "long" : "BigInteger";
    case "float":
      return "double";
    case "list":
      return `${elementType(node.items)}[]`;
    case "dict":
      return DICTIONARY;
    case "null":
      return "object";
    default:
      return node.kind;
  }
}
