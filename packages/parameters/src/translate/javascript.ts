import { declarationKeywords } from "../infer/javascript/read-javascript.ts";
import type { Dialect } from "./dialect.ts";
import { floatRule } from "./numbers.ts";
import { escapeUnicode } from "./unicode-escape.ts";
import { variableRule, words } from "./variable-name.ts";

/** Keywords in any mode, and names of values that cannot be changed. */
const RESERVED = words(`
  arguments await break case catch class const continue debugger default delete do else enum eval export
  extends false finally for function if implements import in instanceof interface let new null package
  private protected public return static super switch this throw true try typeof var void while with yield
  Infinity NaN undefined
`);

const base: Omit<Dialect, "assign"> = {
  keywords: declarationKeywords,
  comment: (text) => `// ${text}`.trim(),
  nameRule: "a JavaScript identifier that is not a reserved word",
  variable: variableRule(/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u, RESERVED),
  // Deno has its own way, and asks for no permission where a kernel has all.
  environment: (variable) =>
    `(globalThis.Deno?.env.get("${variable}") ?? globalThis.process?.env["${variable}"])`,
  literals: {
    null: () => "null",
    bool: String,
    // A number would round it.
    int: ({ value }) => (Number.isSafeInteger(Number(value)) ? String(value) : `${value}n`),
    float: floatRule({ inf: "Infinity", nan: "NaN", negativeInf: "-Infinity" }),
    string: quote,
    list: (items, { write }) => `[${items.map((item) => write(item)).join(", ")}]`,
    dict: (entries, { write }) =>
      `{${entries.map(([key, value]) => `${property(key)}: ${write(value)}`).join(", ")}}`,
  },
};

/**
 * TypeScript and JavaScript in kernels where a cell may declare a name again, with the
 * same keyword: Deno and tslab.
 */
export const typescript: Dialect = {
  ...base,
  assign: (variable, value, { keyword = "let", write }) => `${keyword} ${variable} = ${write(value)};`,
};

/**
 * JavaScript in kernels whose cells share one script scope: only `var` may come twice,
 * a variable of `let` is assigned to, and one of `const` cannot be set.
 */
export const javascript: Dialect = {
  ...base,
  assign: (variable, value, { keyword, refuse, write }) => {
    if (keyword === "const")
      return refuse("the parameters cell declares it with const; declare it with let or var");
    return `${keyword === "let" ? "" : "var "}${variable} = ${write(value)};`;
  },
};

function quote(text: string): string {
  const escaped = escapeUnicode(text, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  return `"${escaped.replaceAll('"', '\\"')}"`;
}

/** Written plainly, `__proto__` would set the prototype. */
function property(key: string): string {
  return key === "__proto__" ? `[${quote(key)}]` : quote(key);
}
