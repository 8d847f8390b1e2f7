import { createNotebookEncoder, type Notebook } from "@notemill/nbformat";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readSourceNotebook } from "./read-source-notebook.ts";
import { notebookOf } from "./notebook-of.ts";

/**
 * Makes a source with other cells; without any, it is the same.
 *
 * @param cells - Sources by cell id.
 * @throws {@link ServerError} `CELL_NOT_FOUND`.
 */
export async function mendSource(
  platform: Platform,
  hash: string,
  cells: Readonly<Record<string, string>>,
): Promise<string> {
  if (Object.keys(cells).length === 0) return hash;
  const { sources } = platform;
  const source = await sources.get(hash);
  const notebook = notebookOf(await readSourceNotebook(platform, hash));
  const encoded = createNotebookEncoder().encode(mend(notebook, cells));
  const files = new Map<string, Uint8Array>([[source.notebook, Buffer.from(encoded.join(""))]]);
  for (const { path } of source.files) {
    if (path === source.notebook) continue;
    const parts: Uint8Array[] = [];
    for await (const part of (await sources.openFile(hash, path)).bytes) parts.push(part);
    files.set(path, Buffer.concat(parts));
  }
  return sources.put(source.notebook, files, source.environment);
}

function mend(notebook: Notebook, cells: Readonly<Record<string, string>>): Notebook {
  const ids = new Set<string>(notebook.cells.map(({ id }) => id));
  const unknown = Object.keys(cells).find((id) => !ids.has(id));
  if (unknown !== undefined) {
    throw new ServerError("CELL_NOT_FOUND", `the notebook has no cell "${unknown}"`, {
      details: { cell_id: unknown },
    });
  }
  const mended = notebook.cells.map((cell) => {
    const source = Object.hasOwn(cells, cell.id) ? cells[cell.id] : undefined;
    return source === undefined ? cell : { ...cell, source };
  });
  return { ...notebook, cells: mended };
}
