import type { RunCheck } from "@notemill/api";
import type { CodeCell, Notebook, Output } from "@notemill/nbformat";

/** How much of an output is shown, in characters. */
const SHOWN = 200;

/**
 * Finds the cells whose saved outputs are not what a clean run gave. Cells that were
 * saved without outputs claim nothing; those that the run did not get to are not compared.
 */
export function staleCells(source: Notebook, output: Notebook): RunCheck["stale_cells"] {
  const ran = new Map(codeCells(output).map(({ cell }) => [cell.id, cell]));
  return codeCells(source).flatMap(({ cell, index }) => {
    const clean = ran.get(cell.id);
    if (cell.outputs.length === 0 || clean === undefined || clean.execution_count === null) return [];
    const [saved, now] = [cell, clean].map(({ outputs }) => comparable(outputs));
    if (saved === undefined || now === undefined || saved === now) return [];
    return [{ cell_id: cell.id, cell_index: index, saved: saved.slice(0, SHOWN), now: now.slice(0, SHOWN) }];
  });
}

/** Finds the cells that were executed before a cell above them. */
export function cellsOutOfOrder(source: Notebook): RunCheck["out_of_order"] {
  let highest = 0;
  return codeCells(source).flatMap(({ cell, index }) => {
    const { execution_count: count } = cell;
    if (count === null) return [];
    if (count > highest) {
      highest = count;
      return [];
    }
    return [{ cell_id: cell.id, cell_index: index, execution_count: count }];
  });
}

function codeCells({ cells }: Notebook): readonly { readonly cell: CodeCell; readonly index: number }[] {
  return cells.flatMap((cell, index) => (cell.cell_type === "code" ? [{ cell, index }] : []));
}

/**
 * Outputs as text that is the same for the same results: without addresses and random
 * ids, pictures by their kind, and without standard error, where progress and warnings go.
 */
function comparable(outputs: readonly Output[]): string {
  return outputs
    .map((output) => {
      if (output.output_type === "stream") return output.name === "stderr" ? "" : output.text;
      if (output.output_type === "error") return `${output.ename}: ${output.evalue}\n`;
      const { "text/plain": plain, ...others } = output.data;
      const kinds = Object.keys(others)
        .sort()
        .map((type) => `(${type})`);
      return `${typeof plain === "string" ? plain : ""}${kinds.join("")}\n`;
    })
    .join("")
    .replaceAll(/0x[0-9a-f]{4,}/gi, "0x…")
    .replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, "…");
}
