import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from "yaml";

/**
 * The line, from 1, of the value at a path of keys and numbers, or of the innermost value
 * on the way there that the text has. Null for text that cannot be read.
 */
export function yamlLineOf(text: string, path: readonly (string | number)[]): number | null {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: "silent", schema: "failsafe" });
  const [document] = Array.isArray(documents) ? documents : [];
  let offset = 0;
  let node: unknown = document?.contents;
  if (!isNode(node)) return null;
  for (const part of path) {
    const found = childOf(node, part);
    if (found === null) break;
    ({ offset, node } = found);
  }
  return lines.linePos(offset === 0 && isNode(node) ? (node.range?.[0] ?? 0) : offset).line;
}

function childOf(
  node: unknown,
  part: string | number,
): { readonly offset: number; readonly node: unknown } | null {
  if (isSeq(node) && typeof part === "number") {
    const item = node.items[part];
    return isNode(item) ? { offset: startOf(item), node: item } : null;
  }
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(part));
  return pair !== undefined && isNode(pair.key) ? { offset: startOf(pair.key), node: pair.value } : null;
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}
