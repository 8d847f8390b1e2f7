import { createFileEncoder, encodeNotebook, readNotebook, readNotebookFile } from "@notemill/nbformat";
import type { Notebook, NotebookFile } from "@notemill/nbformat";
import type { Edit } from "./arbitrary-edit.ts";

/**
 * Opens a file, edits it and saves it after every edit, and checks that each
 * save says what the document says.
 *
 * @throws when one does not.
 */
export function savesEdits(text: string, edits: readonly Edit[]): void {
  let count = 0;
  const file = readNotebookFile(text, { newId: () => `new-${++count}` });
  const encoder = createFileEncoder(file);
  let { notebook } = file;
  for (const edit of edits) {
    notebook = edit(notebook);
    const saved = encoder.encode(notebook).join("");
    const read = readNotebook(saved, { newId: () => "x" }).notebook;
    if (content(read, file) !== content(notebook, file)) throw new Error(`saves something else: ${saved}`);
    if (encoder.encode(notebook).join("") !== saved) throw new Error(`saves differently again: ${saved}`);
  }
}

/** What a notebook holds, ids told by number where its file has none. */
function content(notebook: Notebook, { layout }: NotebookFile): string {
  const { idsAreOptional } = layout.style;
  const cells = notebook.cells.map((cell, index) => (idsAreOptional ? { ...cell, id: `n${index}` } : cell));
  return encodeNotebook({ ...notebook, cells });
}
