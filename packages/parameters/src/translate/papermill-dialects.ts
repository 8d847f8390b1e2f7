import type { IntNode, ValueNode } from "../values/value-node.ts";
import { bash } from "./bash.ts";
import { csharp } from "./csharp.ts";
import type { Dialect, Literals, Writing } from "./dialect.ts";
import { fsharp } from "./fsharp.ts";
import { julia } from "./julia.ts";
import { matlab } from "./matlab.ts";
import { fitsInt32 } from "./numbers.ts";
import { powershell } from "./powershell.ts";
import { r } from "./r.ts";
import { scala } from "./scala.ts";
import { escapeUnicode } from "./unicode-escape.ts";

/** What papermill writes in most languages. */
const common = {
  bool: String,
  float: ({ text }) => text,
  int: ({ value }) => String(value),
  string: escaped('\\"'),
} satisfies Partial<Literals>;

const suffixed = { int: ({ value }: IntNode) => `${value}${fitsInt32(value) ? "" : "L"}` };

/**
 * The dialects with the values spelled byte for byte as papermill 2 spells them,
 * invalid and unsafe ones included. Names are checked all the same.
 *
 * Languages that are missing here have no difference, or papermill does not know them.
 */
export const papermillDialects: Readonly<Partial<Record<string, Dialect>>> = {
  bash: {
    ...bash,
    assign: (variable, value, { write }) => `${variable}=${write(value)}`,
    literals: {
      ...bash.literals,
      dict: (_entries, { refuse }) => refuse("papermill cannot write a mapping in Bash"),
      list: (items, { write }) => `(${joined(items, write, " ")})`,
      string: shellQuote,
    },
  },
  csharp: {
    ...csharp,
    assign: (variable, value, { write }) => `var ${variable} = ${write(value)};`,
    literals: {
      ...common,
      ...suffixed,
      dict: (entries, { write }) =>
        `new Dictionary<string,Object>{ ${entries
          .map(([key, value]) => `{ ${common.string(key)} , ${write(value)} }`)
          .join(", ")} }`,
      list: (items, { write }) => `new [] { ${joined(items, write)} }`,
      null: ({ refuse }) => refuse("papermill cannot write null in C#"),
    },
  },
  fsharp: {
    ...fsharp,
    literals: {
      ...common,
      ...suffixed,
      dict: (entries, { write }) =>
        `[ ${entries
          .map(([key, value]) => `(${common.string(key)}, ${write(value)} :> IComparable)`)
          .join("; ")} ] |> Map.ofList`,
      list: (items, { write }) => `[ ${joined(items, write, "; ")} ]`,
      null: () => "None",
    },
  },
  julia: {
    ...julia,
    literals: {
      ...common,
      dict: (entries, { write }) =>
        `Dict(${entries.map(([key, value]) => `${common.string(key)} => ${write(value)}`).join(", ")})`,
      list: (items, { write }) => `[${joined(items, write)}]`,
      null: () => "nothing",
    },
  },
  matlab: {
    ...matlab,
    literals: {
      ...common,
      dict: (entries, { write }) => {
        const keys = entries.map(([key]) => `'${escapeUnicode(key).replaceAll("'", "''")}'`);
        return `containers.Map({${keys.join(", ")}}, {${entries.map(([, value]) => write(value)).join(", ")}})`;
      },
      list: (items, { write }) => `{${joined(items, write)}}`,
      null: () => "NaN",
      string: escaped('""'),
    },
  },
  powershell: {
    ...powershell,
    literals: {
      ...powershell.literals,
      dict: (entries, { write }) =>
        `@{${entries.map(([key, value]) => `${escaped('`"')(key)} = ${write(value)}`).join("\n ")}}`,
      int: common.int,
      list: (items, { write }) => `@(${joined(items, write)})`,
      string: escaped('`"'),
    },
  },
  r: {
    ...r,
    literals: {
      ...common,
      bool: r.literals.bool,
      dict: (entries, { write }) =>
        `list(${entries.map(([key, value]) => `${common.string(key)} = ${write(value)}`).join(", ")})`,
      list: (items, { write }) => `list(${joined(items, write)})`,
      null: () => "NULL",
    },
  },
  scala: {
    ...scala,
    literals: {
      ...common,
      ...suffixed,
      dict: (entries, { write }) =>
        `Map(${entries.map(([key, value]) => `${common.string(key)} -> ${write(value)}`).join(", ")})`,
      list: (items, { write }) => `Seq(${joined(items, write)})`,
      null: () => "None",
    },
  },
};

/** Python's escapes in double quotes, and `quote` for a quote inside. */
function escaped(quote: string): (text: string) => string {
  return (text) => `"${escapeUnicode(text).replaceAll('"', () => quote)}"`;
}

/** As Python's `shlex.quote`. */
function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

function joined(items: readonly ValueNode[], write: Writing["write"], separator = ", "): string {
  return items.map((item) => write(item)).join(separator);
}
