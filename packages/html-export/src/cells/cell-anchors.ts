import type { Cell } from "@notemill/nbformat";

/** Gives every cell its id in the page, in order: from its own id, so that links outlast edits. */
export function cellAnchors(cells: readonly Cell[]): readonly string[] {
  const taken = new Set<string>();
  return cells.map(({ id }, index) => {
    const own = `cell-${id}`;
    const anchor = /^[\w-]{1,64}$/.test(id) && !taken.has(own) ? own : `cell.${index + 1}`;
    taken.add(anchor);
    return anchor;
  });
}
