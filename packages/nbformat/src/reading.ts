import type { JsonValue } from "@notemill/json";
import type { CellId } from "./notebook.ts";
import type { NotebookPath, NotebookProblem, NotebookProblemCode } from "./notebook-problem.ts";

/** What is known while one notebook is read: where ids come from, and what was found wrong. */
export interface Reading {
  readonly newId: () => CellId;
  readonly usedIds: Set<CellId>;
  /** Ids that are not in the file. */
  readonly newIds: Set<CellId>;
  readonly problems: NotebookProblem[];
}

/** The cell that a problem belongs to. */
export interface CellPlace {
  readonly index: number;
  readonly id: JsonValue | undefined;
}

/** Makes a problem whose message begins with the cell's index and id. */
export function cellProblem(
  code: NotebookProblemCode,
  cell: CellPlace,
  path: NotebookPath,
  finding: string,
): NotebookProblem {
  const named = typeof cell.id === "string";
  return {
    code,
    message: `cell ${cell.index}${named ? ` (${JSON.stringify(cell.id)})` : ""}: ${finding}`,
    path,
    cellIndex: cell.index,
    ...(named ? { cellId: String(cell.id) } : {}),
  };
}
