import type { CellId, CodeCell, Notebook } from "@notemill/nbformat";

import { findTaggedCell } from "./tagged-cell.ts";

/**
 * Makes the cell that assigns the parameters.
 *
 * @param id - A fresh cell id.
 * @param source - What `translateParameters` gave.
 */
export function injectedParametersCell(id: CellId, source: string): CodeCell {
  return {
    cell_type: "code",
    execution_count: null,
    id,
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    source,
  };
}

/**
 * Puts an injected-parameters cell into a notebook document.
 *
 * The cell lands where papermill puts it: in place of the first earlier injected
 * cell, else right after the first cell tagged `parameters`, else at the top.
 * Every other cell is kept by reference, so an output notebook stays comparable
 * with its input.
 *
 * @param injected - A code cell whose source is already in the kernel's language.
 */
export function injectParameters(notebook: Notebook, injected: CodeCell): Notebook {
  const cells = [...notebook.cells];
  const earlier = findTaggedCell(notebook, "injected-parameters");

  if (earlier >= 0) cells.splice(earlier, 1, injected);
  else cells.splice(findTaggedCell(notebook, "parameters") + 1, 0, injected);

  return { ...notebook, cells };
}
