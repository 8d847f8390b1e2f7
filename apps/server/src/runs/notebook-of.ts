import { decodeNotebookBytes, type Notebook, readNotebook } from "@notemill/nbformat";

/** Reads a notebook whose cells may have no ids yet; those that it gets here are for nobody. */
export function notebookOf(bytes: Uint8Array): Notebook {
  let count = 0;
  return readNotebook(decodeNotebookBytes(bytes), { newId: () => `unnamed-${++count}` }).notebook;
}
