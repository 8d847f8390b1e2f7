import { encodeJson, isJsonObject, type JsonValue, type RawJson } from "@notemill/json";
import { escapeText } from "../escape-html.ts";
import { highlightCode } from "../code/highlight-code.ts";
import { readRawJson } from "../read-json.ts";
import { counted } from "./cut-text.ts";
import { textBlock } from "./text-block.ts";

const MOST_TREE_VALUES = 2000;
const DEEPEST_TREE = 40;
const LONGEST_LINE = 72;

/**
 * Shows JSON: small values as code, larger ones as a tree that folds, and what
 * is too large for a tree as text.
 */
export function renderJson(raw: RawJson, limit: number): string {
  const value = readRawJson(raw);
  if (value === undefined) return textBlock(raw.text, { limit, kind: "json" });
  const line = encodeJson(value);
  if (line.length <= LONGEST_LINE) return `<pre class="text">${highlightCode(line, "json")}</pre>`;
  const isTree = line.length <= limit && fitsInTree(value, DEEPEST_TREE, { left: MOST_TREE_VALUES });
  return isTree
    ? `<ul class="tree"><li>${branch(value, "open")}</li></ul>`
    : textBlock(encodeJson(value, { indent: 2 }), { limit, kind: "json" });
}

function fitsInTree(value: JsonValue, depth: number, budget: { left: number }): boolean {
  budget.left -= 1;
  if (budget.left < 0 || depth < 0) return false;
  if (!isList(value) && !isJsonObject(value)) return true;
  return Object.values(value).every((item: JsonValue) => fitsInTree(item, depth - 1, budget));
}

/** A value, folded if there is something in it to fold. */
function branch(value: JsonValue, state: "open" | "folded"): string {
  const entries = entriesOf(value);
  if (entries.length === 0) return highlightCode(encodeJson(value), "json");
  const size = isList(value) ? `[${counted(entries.length)}]` : `{${counted(entries.length)}}`;
  const items = entries.map(([key, item]) => {
    const name = key === undefined ? "" : `<b>${escapeText(key)}</b> `;
    const inner = entriesOf(item);
    return inner.length === 0
      ? `<li>${name}${branch(item, "folded")}</li>`
      : `<li>${folded(item, name)}</li>`;
  });
  const list = `<ul>${items.join("")}</ul>`;
  return state === "open" ? `<span class="size">${size}</span>${list}` : list;
}

function folded(value: JsonValue, name: string): string {
  const count = counted(entriesOf(value).length);
  const size = isList(value) ? `[${count}]` : `{${count}}`;
  return `<details><summary>${name}<span class="size">${size}</span></summary>${branch(value, "folded")}</details>`;
}

function entriesOf(value: JsonValue): readonly (readonly [string | undefined, JsonValue])[] {
  if (isList(value)) return value.map((item) => [undefined, item] as const);
  return isJsonObject(value) ? Object.entries(value) : [];
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
