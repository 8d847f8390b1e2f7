import { type Notebook, readNotebookBytesInSteps } from "@notemill/nbformat";
import { inSlices } from "./in-slices.ts";

/**
 * Reads the bytes of a notebook document, and lets the page answer meanwhile.
 *
 * Cells without an id get their place as one, so that links to them last.
 */
export function readDocument(bytes: Uint8Array): Promise<Notebook> {
  let count = 0;
  return inSlices(readNotebookBytesInSteps(bytes, { newId: () => `n${(count += 1)}` }));
}

/** All bytes of a stream. */
export async function allBytes(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of stream) parts.push(new Uint8Array(part));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
