import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createNotebookEncoder, type Notebook } from "@notemill/nbformat";
import { type Location, openLocation } from "@notemill/storage";

/**
 * Keeps a notebook that its own place would not take, in a new directory of the
 * system's temporary directory that only this user can enter.
 *
 * @returns The path, or `undefined` when that did not work either.
 */
export async function keepElsewhere(place: Location, notebook: Notebook): Promise<string | undefined> {
  let directory: string | undefined;
  try {
    directory = await mkdtemp(join(tmpdir(), "notemill-kept-"));
    const path = join(directory, basename(place.describe()) || "output.ipynb");
    await openLocation(path).write(createNotebookEncoder().encode(notebook), { durable: true });
    return path;
  } catch {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
    return undefined;
  }
}
