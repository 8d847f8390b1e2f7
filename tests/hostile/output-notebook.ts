import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { readNotebookBytes } from "@notemill/nbformat";
import type { Output } from "@notemill/nbformat";

/** What a run has left of one cell: in the notebook, and in the file beside it. */
export interface CellResult {
  readonly outputs: readonly Output[];
  /** Printed text in the notebook, by stream and without the note. */
  readonly printed: Readonly<Record<string, string>>;
  /** Characters that the note says are left out, and those that it says are in the file. */
  readonly leftOut: number;
  readonly spilled: number;
  /** The file of what was spilled; empty where there is none. */
  readonly spill: Buffer;
}

/** What a run has left: the size of the notebook, its status, and its cells by id. */
export interface OutputNotebook {
  readonly bytes: number;
  readonly status: unknown;
  readonly cells: ReadonlyMap<string, CellResult>;
}

const NOTE = /^\n\[notemill\] ([\d,]+) characters of output are left out here; (.*)\n$/;

/** Reads `out.ipynb` of a directory, which has to be without a fault, and what lies beside it. */
export async function readOutputNotebook(directory: string): Promise<OutputNotebook> {
  const path = join(directory, "out.ipynb");
  const { notebook, problems } = readNotebookBytes(await readFile(path), { newId: () => "new" });
  if (problems.length > 0) throw new Error(`the output notebook is invalid: ${problems[0]?.message}`);
  const cells = new Map<string, CellResult>();
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    const spill = await readFile(join(directory, "out.outputs", `${cell.id}.txt`)).catch(() =>
      Buffer.alloc(0),
    );
    cells.set(cell.id, { ...readCell(cell.outputs), spill });
  }
  const run = notebook.metadata["notemill"] as { readonly status?: unknown } | undefined;
  return { bytes: (await stat(path)).size, status: run?.status, cells };
}

function readCell(outputs: readonly Output[]): Omit<CellResult, "spill"> {
  const printed: Record<string, string> = {};
  let [leftOut, spilled] = [0, 0];
  for (const output of outputs) {
    if (output.output_type !== "stream") continue;
    const note = noteOf(output.text);
    if (note) ({ leftOut, spilled } = note);
    printed[output.name] = (printed[output.name] ?? "") + output.text.replace(NOTE, "");
  }
  return { outputs, printed, leftOut, spilled };
}

function noteOf(text: string): { readonly leftOut: number; readonly spilled: number } | undefined {
  const [, count = "", whereabouts = ""] = NOTE.exec(text) ?? [];
  if (count === "") return undefined;
  const leftOut = Number(count.replaceAll(",", ""));
  if (whereabouts.startsWith("they are in ")) return { leftOut, spilled: leftOut };
  const first = /^the first ([\d,]+) are in /.exec(whereabouts)?.[1] ?? "0";
  return { leftOut, spilled: Number(first.replaceAll(",", "")) };
}
