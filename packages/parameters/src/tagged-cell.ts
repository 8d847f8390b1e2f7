import type { Cell, Notebook } from "@notemill/nbformat";

/** Index of the first cell, of any type, with `tag` in `metadata.tags`; -1 when there is none. */
export function findTaggedCell(notebook: Pick<Notebook, "cells">, tag: string): number {
  return notebook.cells.findIndex((cell) => hasTag(cell, tag));
}

function hasTag(cell: Cell, tag: string): boolean {
  const { tags } = cell.metadata;
  return Array.isArray(tags) && tags.includes(tag);
}
