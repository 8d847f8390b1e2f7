import { encodeJsonString } from "@notemill/json";

import type { ValueNode } from "./value-node.ts";

/** A value as JSON on one line; NaN and infinities are spelled as Python's `json` spells them. */
export function toJsonText(node: ValueNode): string {
  switch (node.kind) {
    case "null":
      return "null";
    case "bool":
    case "int":
      return String(node.value);
    case "float":
      return NON_FINITE[node.text] ?? node.text;
    case "string":
      return encodeJsonString(node.value);
    case "list":
      return `[${node.items.map(toJsonText).join(",")}]`;
    case "dict":
      return `{${node.entries.map(([key, value]) => `${encodeJsonString(key)}:${toJsonText(value)}`).join(",")}}`;
  }
}

const NON_FINITE: Readonly<Record<string, string>> = { "-inf": "-Infinity", inf: "Infinity", nan: "NaN" };
