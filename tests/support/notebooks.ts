import { writeFile } from "node:fs/promises";

/** Writes a Python notebook of these code cells to `path`; the ids are `c0`, `c1`, … */
export async function writeNotebook(
  path: string,
  sources: readonly string[],
  kernel = "python3",
): Promise<void> {
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `c${index}`,
    metadata: index === 0 ? { tags: ["parameters"] } : {},
    source,
    execution_count: null,
    outputs: [],
  }));
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: kernel } };
  await writeFile(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}
