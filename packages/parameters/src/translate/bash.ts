import { bashAttributes } from "../infer/bash/bash-attributes.ts";
import type { DictNode, ValueNode } from "../values/value-node.ts";
import { toJsonText } from "../values/json-text.ts";
import type { Dialect, Writing } from "./dialect.ts";
import { fitsInt64 } from "./numbers.ts";
import { variableRule, words } from "./variable-name.ts";

/**
 * Variables that bash keeps for itself: they cannot be set, change by themselves, compute what
 * they are given as arithmetic, which runs commands, or are expanded at a prompt, which does too.
 */
const RESERVED = words(`
  BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_COMPAT
  BASH_ENV BASH_LINENO BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO BASH_XTRACEFD COMP_WORDBREAKS DIRSTACK
  EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD LINENO MAILPATH OPTIND PIPESTATUS PPID
  PROMPT_COMMAND PS0 PS1 PS2 PS4 RANDOM SECONDS SHELLOPTS SRANDOM UID _
`);
/** What means only itself, in and out of quotes. */
const SAFE = /^[\w@%+=:,./-]+$/;
/** What a terminal or a line splitter between us and bash could act on: all control characters but `\n`. */
const FRAGILE = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/u;
const NAMED: Readonly<Record<string, string>> = {
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "'": "\\'",
  "\\": "\\\\",
};

/** Bash. */
export const bash: Dialect = {
  comment: (text) => `# ${text}`.trim(),
  nameRule: "a letter or underscore, then letters, digits and underscores, and no variable of bash's own",
  variable: variableRule(/^[A-Za-z_]\w*$/, RESERVED),
  keywords: bashAttributes,
  assign,
  environment: (variable) => `"$${variable}"`,
  literals: {
    null: () => "",
    bool: String,
    int: ({ value }) => String(value),
    float: ({ text }) => text,
    string: quote,
    list: (items, writing) => `(${items.map((item) => writeItem(item, writing)).join(" ")})`,
    dict: (entries, writing) => writeJson({ entries, kind: "dict" }, writing),
  },
};

function assign(variable: string, value: ValueNode, { keyword, refuse, write }: Writing): string {
  if (keyword === "readonly") return refuse("the parameters cell makes it read-only");
  if (keyword === "integer" && !(value.kind === "int" && fitsInt64(value.value))) {
    return refuse("the parameters cell declares it with -i, so that bash would compute it; pass an integer");
  }
  return `${variable}=${write(value)}`;
}

/** An array of bash holds text only: what is nested becomes JSON text, and null becomes empty text. */
function writeItem(item: ValueNode, writing: Writing): string {
  if (item.kind === "null") return "''";
  return item.kind === "list" || item.kind === "dict" ? writeJson(item, writing) : writing.write(item);
}

function writeJson(node: DictNode | Extract<ValueNode, { kind: "list" }>, writing: Writing): string {
  return quote(toJsonText(node), writing);
}

function quote(text: string, { refuse }: Writing): string {
  if (text.includes("\0")) return refuse("bash has no text with a NUL character");
  if (SAFE.test(text)) return text;
  if (!FRAGILE.test(text)) return `'${text.replaceAll("'", `'"'"'`)}'`;
  const escaped = text.replaceAll(/[\\']|[\p{Cc}\p{Zl}\p{Zp}]/gu, (char) => NAMED[char] ?? escapeBytes(char));
  return `$'${escaped}'`;
}

/** Octal of the bytes in UTF-8: three digits, so that a digit behind is not read with them. */
function escapeBytes(char: string): string {
  const bytes = encodeURIComponent(char).match(/[\dA-F]{2}/g) ?? [];
  return bytes.map((hex) => `\\${Number.parseInt(hex, 16).toString(8).padStart(3, "0")}`).join("");
}
