import type { Dialect } from "./dialect.ts";
import { escapeUnicode } from "./unicode-escape.ts";

const KEYWORDS = new Set(
  (
    "False None True __debug__ and as assert async await break class continue def del elif else except " +
    "finally for from global if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

const NON_FINITE: Readonly<Record<string, string>> = {
  "-inf": "float('-inf')",
  inf: "float('inf')",
  nan: "float('nan')",
};

/** Python 3. */
export const python: Dialect = {
  comment: (text) => `# ${text}`.trim(),
  nameRule: "a Python identifier that is not a keyword",
  variable: (name) =>
    /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name) && !KEYWORDS.has(name) ? name : undefined,
  assign: (variable, value, { write }) => `${variable} = ${write(value)}`,
  literals: {
    null: () => "None",
    bool: (value) => (value ? "True" : "False"),
    int: ({ value }) => String(value),
    float: ({ text }) => NON_FINITE[text] ?? text,
    string: quote,
    list: (items, { write }) => `[${items.map((item) => write(item)).join(", ")}]`,
    dict: (entries, { write }) =>
      `{${entries.map(([key, value]) => `${quote(key)}: ${write(value)}`).join(", ")}}`,
  },
};

function quote(text: string): string {
  return `"${escapeUnicode(text).replaceAll('"', '\\"')}"`;
}
