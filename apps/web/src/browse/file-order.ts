import type { File } from "@notemill/api";

/** What the entries of a directory can be ordered by. */
export type OrderedBy = "name" | "size" | "changed";

/** An order of the entries of a directory. */
export interface FileOrder {
  readonly by: OrderedBy;
  readonly direction: "ascending" | "descending";
}

/** The order in which the server lists. */
const BY_NAME: FileOrder = { by: "name", direction: "ascending" };

/** Reads an order as an address has it: `size`, or `-changed` for the newest first. */
export function readOrder(text: string | null): FileOrder {
  const by = (["name", "size", "changed"] as const).find((it) => it === text?.replace(/^-/, ""));
  if (by === undefined) return BY_NAME;
  return { by, direction: text?.startsWith("-") === true ? "descending" : "ascending" };
}

/** An order as an address has it; null for that of names. */
export function orderText({ by, direction }: FileOrder): string | null {
  if (by === BY_NAME.by && direction === BY_NAME.direction) return null;
  return direction === "descending" ? `-${by}` : by;
}

/** The order after a press on a column: what is large or new comes first, and the other way at the next press. */
export function nextOrder(order: FileOrder, by: OrderedBy): FileOrder {
  const first = by === "name" ? "ascending" : "descending";
  if (order.by !== by) return { by, direction: first };
  return { by, direction: order.direction === "ascending" ? "descending" : "ascending" };
}

/** Orders entries: directories first, and what is the same by its name. */
export function orderEntries(entries: readonly File[], { by, direction }: FileOrder): readonly File[] {
  const directories = entries.filter(({ kind }) => kind === "directory");
  const files = entries.filter(({ kind }) => kind === "file");
  if (by === "name") {
    if (direction === "ascending") return [...directories, ...files];
    return [...directories.toReversed(), ...files.toReversed()];
  }
  const sign = direction === "ascending" ? 1 : -1;
  const value = ({ size, modified_at: time }: File): number =>
    by === "size" ? (size ?? -1) : time === null ? -1 : Date.parse(time);
  return [...directories, ...files.toSorted((a, b) => sign * (value(a) - value(b)))];
}
