/** Markup without certain elements, and what they held. */
export interface TakenOut {
  readonly html: string;
  readonly blocks: readonly string[];
}

/**
 * Takes every element called `name` out of markup, tags and all.
 *
 * The end of a block is the first end tag after as many as were opened. This is
 * no parser: a block that begins inside an attribute is taken out as well. What
 * is left must still be sanitised.
 *
 * @param replace - What stands in the place of a block.
 */
export function takeOutBlocks(html: string, name: string, replace: (block: string) => string): TakenOut {
  const tag = new RegExp(`<(/?)${name}(?=[\\s/>])`, "gi");
  const blocks: string[] = [];
  const kept: string[] = [];
  let depth = 0;
  let start = 0;
  let end = 0;
  for (let match = tag.exec(html); match; match = tag.exec(html)) {
    if (match[1] === "") {
      if (depth === 0) start = match.index;
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      const close = html.indexOf(">", match.index);
      if (depth > 0 || close < 0) continue;
      const block = html.slice(start, close + 1);
      blocks.push(block);
      kept.push(html.slice(end, start), replace(block));
      end = close + 1;
    }
  }
  kept.push(html.slice(end));
  return { html: kept.join(""), blocks };
}
