import type { IntNode, ValueNode } from "../values/value-node.ts";
import type { Dialect, Writing } from "./dialect.ts";
import { fitsInt32, fitsInt64, floatRule, mixesBeyondDouble } from "./numbers.ts";
import { escapeUnicode } from "./unicode-escape.ts";
import { variableRule, words } from "./variable-name.ts";

/** Keywords, words kept for later, and the names that the literals below need. */
const RESERVED = words(`
  abstract and as asr assert base begin break checked class component const constraint continue
  default delegate do done downcast downto elif else end event exception extern external false finally
  fixed for fun function global if in include infix inherit inline interface internal land lazy let
  lor lsl lsr lxor match member mixin mod module mutable namespace new not null of open or override
  parallel private process protected public pure rec return sealed select sig static struct tailcall
  then to trait true try type upcast use val virtual void when while with yield _
  IComparable Map None box infinity nan obj
`);

/** F#, as .NET Interactive runs it. */
export const fsharp: Dialect = {
  // Inside a comment F# still reads quotes, and `*)` ends it.
  comment: (text) => `(* ${text.replaceAll(/["'*]/g, " ")} *)`,
  nameRule: "an F# identifier that is not a keyword",
  variable: variableRule(/^[\p{L}_][\p{L}\p{M}\p{Nd}_]*$/u, RESERVED),
  assign: (variable, value, { write }) => `let ${variable} = ${write(value)}`,
  environment: (variable) => `System.Environment.GetEnvironmentVariable("${variable}")`,
  literals: {
    null: () => "None",
    bool: String,
    int: writeInt,
    float: floatRule({ inf: "infinity", nan: "nan", negativeInf: "-infinity" }),
    string: quote,
    list: (items, writing) => `[ ${writeItems(items, writing).join("; ")} ]`,
    dict: (entries, writing) => {
      if (entries.length === 0) return "Map.empty<string, IComparable>";
      const pairs = entries.map(([key, value]) => `(${quote(key)}, ${comparable(value, writing)})`);
      return `[ ${pairs.join("; ")} ] |> Map.ofList`;
    },
  },
};

function writeInt({ value }: IntNode): string {
  if (fitsInt32(value)) return String(value);
  return fitsInt64(value) ? `${value}L` : `${value}I`;
}

function quote(text: string): string {
  return `"${escapeUnicode(text).replaceAll('"', '\\"')}"`;
}

function comparable(value: ValueNode, { write }: Writing): string {
  return value.kind === "null" ? "(null : IComparable)" : `${write(value)} :> IComparable`;
}

/** The items of a list have one type in F#: numbers are widened, anything else is boxed. */
function writeItems(items: readonly ValueNode[], { write }: Writing): readonly string[] {
  switch (elementType(items)) {
    case "obj":
      return items.map((item) => (item.kind === "null" ? "(null : obj)" : `box (${write(item)})`));
    case "int64":
      return items.map((item) => (item.kind === "int" ? `${item.value}L` : write(item)));
    case "float":
      return items.map((item) => (item.kind === "int" ? `${item.value}.0` : write(item)));
    default:
      return items.map(write);
  }
}

function elementType(items: readonly ValueNode[]): string {
  const types = new Set(items.map(typeOf));
  const [only] = types;
  if (only === undefined) return "'a";
  if (types.size === 1) return only;
  const numeric = [...types].every((type) => type === "int" || type === "int64" || type === "float");
  if (!numeric || mixesBeyondDouble(items)) return "obj";
  return types.has("float") ? "float" : "int64";
}

function typeOf(node: ValueNode): string {
  switch (node.kind) {
    case "int":
      if (fitsInt32(node.value)) return "int";
      return fitsInt64(node.value) ? "int64" : "bigint";
    case "list":
      return `${elementType(node.items)} list`;
    case "dict":
      return "Map<string, IComparable>";
    case "null":
      return "obj";
    default:
      return node.kind;
  }
}
