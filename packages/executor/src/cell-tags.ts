import type { Cell } from "@notemill/nbformat";

/** The tags of a cell; what is not a list of strings counts as none. */
export function cellTags(cell: Cell): readonly string[] {
  const { tags } = cell.metadata;
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === "string") : [];
}

/** Whether a cell is sent to the kernel: it is code, not blank, and not tagged `skip-execution`. */
export function needsKernel(cell: Cell): boolean {
  return cell.cell_type === "code" && cell.source.trim() !== "" && !cellTags(cell).includes("skip-execution");
}
