import type { Notebook } from "@notemill/nbformat";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { checkParameters } from "../runs/check-parameters.ts";
import { makeSource, notebookOf, readNotebookBytes, sourceFiles } from "../runs/submit-notebook.ts";

/** A notebook that a schedule is to run, as it is now. */
export interface PreparedNotebook {
  readonly virtualPath: string;
  readonly notebook: Notebook;
  /** Keeps it with the files it reads. @returns The hash of the source. */
  makeSource(files: readonly string[]): Promise<string>;
  /** The files that its source would have, by their paths in it. */
  sourceFiles(files: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** Reads a notebook. @throws What submitting a run of it would. */
export async function prepareNotebook(platform: Platform, given: string): Promise<PreparedNotebook> {
  const { virtualPath, store, path } = resolveVirtualPath(platform.mounts, given, platform.user);
  const bytes = await readNotebookBytes(store, path, virtualPath);
  const notebook = notebookOf(bytes);
  return {
    virtualPath,
    notebook,
    makeSource: (files) => makeSource(platform, { store, path, bytes, notebook, files }),
    sourceFiles: (files) => sourceFiles({ store, path, bytes, notebook, files }),
  };
}

/** Finds out whether a notebook can be run with these parameters, which are JSON. @throws As {@link prepareNotebook}. */
export function checkNotebook(
  { notebook }: PreparedNotebook,
  parameters: string,
  kernelName: string | null,
): void {
  checkParameters(notebook, parameters, kernelName);
}
