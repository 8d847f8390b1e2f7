import type { Cell, Notebook } from "@notemill/nbformat";

/** A code cell of a test notebook. */
export function code(source: string, tags: readonly string[] = []): Omit<Cell, "id"> {
  return { cell_type: "code", metadata: { tags }, source, execution_count: null, outputs: [] } as Omit<
    Cell,
    "id"
  >;
}

/** A Markdown cell of a test notebook. */
export function markdown(source: string): Omit<Cell, "id"> {
  return { cell_type: "markdown", metadata: {}, source };
}

/** A Python notebook of these cells, whose ids are `c0`, `c1`, … */
export function pythonNotebook(...cells: Omit<Cell, "id">[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
    cells: cells.map((cell, index) => ({ ...cell, id: `c${index}` }) as Cell),
  };
}
