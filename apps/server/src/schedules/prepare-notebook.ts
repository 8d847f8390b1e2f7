import type { Notebook } from "@notemill/nbformat";
import type { Platform } from "../platform.ts";
import { checkParameters } from "../runs/check-parameters.ts";
import { makeSource, readAskedNotebook, sourceFiles } from "../runs/submit-notebook.ts";

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
  const asked = await readAskedNotebook(platform, { path: given });
  const { virtualPath, notebook } = asked;
  return {
    virtualPath,
    notebook,
    makeSource: (files) => makeSource(platform, asked, files),
    sourceFiles: (files) => sourceFiles(asked, files),
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
