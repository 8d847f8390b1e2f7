import type { ParameterWarning } from "@notemill/api";
import type { Notebook } from "@notemill/nbformat";
import type { TriggerDefinition } from "@notemill/store";
import { chooseEnvironment } from "../sources/choose-environment.ts";
import type { Platform } from "../platform.ts";
import { checkParameterSets, parametersOf } from "../runs/check-parameters.ts";
import {
  type AskedNotebook,
  makeSource,
  readAskedNotebook,
  sourceFiles,
  sourceHash,
} from "../runs/submit-notebook.ts";

/** What goes into a source beside the notebook. */
export type SourceDefinition = Pick<TriggerDefinition, "files" | "settings" | "kernelName">;

/** A notebook that a schedule is to run, as it is now. */
export interface PreparedNotebook {
  readonly virtualPath: string;
  readonly notebook: Notebook;
  /** Keeps it with the files it reads. @returns The hash of the source. */
  makeSource(definition: SourceDefinition): Promise<string>;
  /** The files that its source would have, by their paths in it. */
  sourceFiles(files: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Finds out whether its environment can be had. @throws What submitting a run would. */
  checkEnvironment(definition: SourceDefinition): Promise<void>;
  /** The hash that its source would have; nothing is kept. */
  sourceHash(definition: SourceDefinition): Promise<string>;
}

/** Reads a notebook. @throws What submitting a run of it would. */
export async function prepareNotebook(platform: Platform, given: string): Promise<PreparedNotebook> {
  return prepareAsked(platform, await readAskedNotebook(platform, { path: given }));
}

/** The same for a notebook that has been read, or was made around a script. */
export function prepareAsked(platform: Platform, asked: AskedNotebook): PreparedNotebook {
  const { virtualPath, notebook } = asked;
  return {
    virtualPath,
    notebook,
    async makeSource(definition) {
      const environment = await chooseEnvironment(platform, notebook, definition);
      return makeSource(platform, asked, { files: definition.files, environment });
    },
    sourceFiles: (files) => sourceFiles(asked, files),
    async checkEnvironment(definition) {
      await chooseEnvironment(platform, notebook, definition);
    },
    async sourceHash(definition) {
      const environment = await chooseEnvironment(platform, notebook, definition);
      return sourceHash(platform, asked, { files: definition.files, environment });
    },
  };
}

/**
 * Finds out whether a notebook can be run with each of these sets of parameters, which are JSON.
 *
 * @param options.open - Names of parameters that get their values later. Default: none.
 * @returns What is taken and may not be meant.
 * @throws What submitting such a run or sweep would.
 */
export function checkSets(
  { notebook }: PreparedNotebook,
  sets: readonly string[],
  options: { readonly kernelName: string | null; readonly open?: ReadonlySet<string> },
): readonly ParameterWarning[] {
  return checkParameterSets(notebook, sets.map(parametersOf), options);
}
