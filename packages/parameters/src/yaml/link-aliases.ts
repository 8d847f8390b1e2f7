import { isAlias, isNode, visit } from "yaml";
import type { Alias, Document, Node } from "yaml";

/**
 * Finds the node that each alias of a document stands for: the last one with its anchor before it.
 *
 * One pass; the library's own look-up goes through the document for every alias.
 */
export function linkAliases(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, (_key, node) => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) targets.set(node, target);
    } else if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
  });
  return targets;
}
