import type { ResultHead } from "../database/read-result.ts";

/** Says how many of the rows are shown, and how many there are as far as that is known. */
export function rowCountText(
  { rowCount, isWhole }: Pick<ResultHead, "rowCount" | "isWhole">,
  shown: number,
): string {
  const all = rows(rowCount);
  if (!isWhole) return `first ${shown.toLocaleString("en")} of more than ${all}`;
  return shown === rowCount ? all : `first ${shown.toLocaleString("en")} of ${all}`;
}

function rows(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"}`;
}
