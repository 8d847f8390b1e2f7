import { writeFile } from "node:fs/promises";

/** A notebook of so many cells, as a reader has it: each has 10 lines of code and 20 lines of output. */
export async function writeReadNotebook(path: string, cells: number): Promise<void> {
  const list = Array.from({ length: cells }, (_, cell) => ({
    cell_type: "code",
    id: `c${cell}`,
    metadata: {},
    execution_count: cell + 1,
    source: Array.from(
      { length: 10 },
      (__, line) => `value_${line} = compute(${cell}, "text of line ${line}", scale=0.${line})  # step ${line}`,
    ).join("\n"),
    outputs: [
      {
        output_type: "stream",
        name: "stdout",
        text: Array.from({ length: 20 }, (__, line) => `cell ${cell} line ${line}: done in 0.${line} s\n`),
      },
    ],
  }));
  await writeFile(path, notebookText(list));
}

function notebookText(cells: readonly unknown[]): string {
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}
