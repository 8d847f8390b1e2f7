import { createHash } from "node:crypto";
import type { Notebook } from "@notemill/nbformat";
import { readNotebook } from "@notemill/nbformat";
import type { Location } from "@notemill/storage";

/** A source notebook, upgraded, and what it was read from. */
export interface RunSource {
  readonly notebook: Notebook;
  /** Hash of the bytes that were read, in hexadecimal. */
  readonly sha256: string;
  /** What is wrong with the file but can be lived with. */
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** Reads and upgrades the source notebook of a run. */
export async function readSource(
  location: Location,
  { newCellId }: { readonly newCellId: () => string },
): Promise<RunSource> {
  const bytes = await location.read();
  const { notebook, problems } = readNotebook(new TextDecoder().decode(bytes), { newId: newCellId });
  return { notebook, sha256: createHash("sha256").update(bytes).digest("hex"), warnings: problems };
}
