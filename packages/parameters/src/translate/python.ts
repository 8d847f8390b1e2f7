import type { Dialect } from "./dialect.ts";
import { floatRule } from "./numbers.ts";
import { escapeUnicode } from "./unicode-escape.ts";
import { variableRule, words } from "./variable-name.ts";

const RESERVED = words(`
  False None True __debug__ and as assert async await break class continue def del elif else except
  finally for from global if import in is lambda nonlocal not or pass raise return try while with yield
`);

/** Python 3. */
export const python: Dialect = {
  comment: (text) => `# ${text}`.trim(),
  nameRule: "a Python identifier that is not a keyword",
  variable: variableRule(/^[\p{XID_Start}_]\p{XID_Continue}*$/u, RESERVED),
  assign: (variable, value, { write }) => `${variable} = ${write(value)}`,
  environment: (variable) => `__import__("os").environ["${variable}"]`,
  literals: {
    null: () => "None",
    bool: (value) => (value ? "True" : "False"),
    int: ({ value }) => String(value),
    float: floatRule({ inf: "float('inf')", nan: "float('nan')", negativeInf: "float('-inf')" }),
    string: quote,
    list: (items, { write }) => `[${items.map((item) => write(item)).join(", ")}]`,
    dict: (entries, { write }) =>
      `{${entries.map(([key, value]) => `${quote(key)}: ${write(value)}`).join(", ")}}`,
  },
};

function quote(text: string): string {
  return `"${escapeUnicode(text).replaceAll('"', '\\"')}"`;
}
