import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes a notebook of Python cells; the first one is tagged `parameters`. */
export async function writeNotebook(
  directory: string,
  name: string,
  sources: readonly string[],
): Promise<string> {
  const path = join(directory, name);
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `c${index}`,
    metadata: index === 0 ? { tags: ["parameters"] } : {},
    source,
    execution_count: null,
    outputs: [],
  }));
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  await writeFile(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  return path;
}
