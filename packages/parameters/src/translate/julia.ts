import type { ValueNode } from "../values/value-node.ts";
import type { Dialect } from "./dialect.ts";
import { floatRule, kindsOf, mixesBeyondDouble } from "./numbers.ts";
import { escapeShortOrLong, escapeUnicode } from "./unicode-escape.ts";
import { variableRule, words } from "./variable-name.ts";

/** Keywords, and the names that the literals below need. */
const RESERVED = words(`
  baremodule begin break catch const continue do else elseif end export false finally for function
  global if import in isa let local macro module quote return struct true try using where while
  Any Dict Inf NaN nothing
`);

/** Julia. */
export const julia: Dialect = {
  comment: (text) => `# ${text}`.trim(),
  nameRule: "a Julia identifier that is not a keyword",
  variable: variableRule(/^[\p{L}_][\p{L}\p{M}\p{Nd}_!]*$/u, RESERVED),
  assign: (variable, value, { write }) => `${variable} = ${write(value)}`,
  environment: (variable) => `ENV["${variable}"]`,
  literals: {
    null: () => "nothing",
    bool: String,
    int: ({ value }) => String(value),
    float: floatRule({ inf: "Inf", nan: "NaN", negativeInf: "-Inf" }),
    string: quote,
    list: (items, { write }) => `${elementType(items)}[${items.map((item) => write(item)).join(", ")}]`,
    dict: (entries, { write }) =>
      `Dict(${entries.map(([key, value]) => `${quote(key)} => ${write(value)}`).join(", ")})`,
  },
};

/**
 * Julia brings the numbers of a list to one type, those of lists in it, too:
 * `[true, 2]` becomes `[1, 2]`, and `[[true], [2]]` becomes `[[1], [2]]`.
 */
function elementType(items: readonly ValueNode[]): string {
  const parts = leaves(items);
  const kinds = kindsOf(parts);
  const loses = kinds.has("bool") && (kinds.has("int") || kinds.has("float"));
  return loses || mixesBeyondDouble(parts) ? "Any" : "";
}

function leaves(items: readonly ValueNode[]): readonly ValueNode[] {
  return items.flatMap((item) => (item.kind === "list" ? leaves(item.items) : [item]));
}

function quote(text: string): string {
  const escaped = escapeUnicode(text, escapeShortOrLong);
  return `"${escaped.replaceAll('"', '\\"').replaceAll("$", "\\$")}"`;
}
