import type { ValueNode } from "./value-node.ts";

/** Text of a value as Python's `str(value)` gives it. */
export function toPythonStr(node: ValueNode): string {
  return node.kind === "string" ? node.value : toPythonRepr(node);
}

/** Text of a value as Python's `repr(value)` gives it. */
export function toPythonRepr(node: ValueNode): string {
  switch (node.kind) {
    case "null":
      return "None";
    case "bool":
      return node.value ? "True" : "False";
    case "int":
      return String(node.value);
    case "float":
      return node.text;
    case "string":
      return quotePython(node.value);
    case "list":
      return `[${node.items.map((item) => toPythonRepr(item)).join(", ")}]`;
    case "dict": {
      const entries = node.entries.map(([key, value]) => `${quotePython(key)}: ${toPythonRepr(value)}`);
      return `{${entries.join(", ")}}`;
    }
  }
}

const NAMED: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
/** What `str.isprintable` refuses, the space aside. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

/** Quotes text as Python's `repr` does: single quotes, unless only those are inside. */
function quotePython(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = Array.from(text, (char) => {
    if (char === quote) return `\\${char}`;
    return NAMED[char] ?? (char !== " " && HIDDEN.test(char) ? escapeCodePoint(char) : char);
  });
  return `${quote}${body.join("")}${quote}`;
}

/** `\xNN`, `\uNNNN` or `\UNNNNNNNN`, whichever is the shortest that fits. */
export function escapeCodePoint(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
