import { type Notebook, readNotebookBytes } from "@notemill/nbformat";

/** Reads the bytes of a notebook document. Cells without an id get their place as one, so that links to them last. */
export function readDocument(bytes: Uint8Array): Notebook {
  let count = 0;
  return readNotebookBytes(bytes, { newId: () => `n${(count += 1)}` }).notebook;
}

/** All bytes of a stream. */
export async function allBytes(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of stream) parts.push(new Uint8Array(part));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
