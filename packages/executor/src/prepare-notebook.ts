import { isJsonObject, type JsonObject, type JsonValue, storableValue } from "@notemill/json";
import type { Kernelspec } from "@notemill/kernel";
import type { Cell, Notebook } from "@notemill/nbformat";
import { type ParameterMap, parametersToJson } from "@notemill/parameters";
import { removeErrorMarkers } from "./error-markers.ts";

/** The version of papermill whose metadata format the output notebooks follow. */
const PAPERMILL_FORMAT_VERSION = "2.7.0";

/** What goes into the metadata of an output notebook. */
export interface PrepareNotebookOptions {
  readonly inputPath: string;
  readonly outputPath: string | null;
  readonly parameters: ParameterMap | undefined;
  readonly compat: boolean;
}

/**
 * Gives a source the metadata that papermill gives it, and takes away what an
 * earlier failure left. Parameters are injected afterwards.
 */
export function prepareNotebook(notebook: Notebook, options: PrepareNotebookOptions): Notebook {
  const { inputPath, outputPath, parameters, compat } = options;
  const earlier = notebook.metadata["papermill"];
  const papermill: JsonObject = {
    ...(isJsonObject(earlier) ? earlier : FRESH_METADATA),
    // The reference keeps the version of whoever ran the notebook before, which is not true any more.
    ...(compat ? {} : { version: PAPERMILL_FORMAT_VERSION }),
    input_path: inputPath,
    output_path: outputPath,
    ...(parameters === undefined || parameters.size === 0
      ? {}
      : { parameters: recorded(parameters, compat) }),
  };
  const clean = removeErrorMarkers(notebook);
  const cells = clean.cells.map((cell) => ({
    ...cell,
    metadata: {
      ...cell.metadata,
      tags: cell.metadata["tags"] ?? [],
      papermill: cell.metadata["papermill"] ?? {},
    },
  }));
  return { ...clean, metadata: { ...clean.metadata, papermill }, cells };
}

const FRESH_METADATA: JsonObject = {
  default_parameters: {},
  environment_variables: {},
  parameters: {},
  version: PAPERMILL_FORMAT_VERSION,
};

/** Hides the input of every code cell from readers; the reference forgets what else was hidden. */
export function hideInputs(notebook: Notebook, { compat }: { readonly compat: boolean }): Notebook {
  const cells = notebook.cells.map((cell): Cell => {
    if (cell.cell_type !== "code") return cell;
    const { jupyter } = cell.metadata;
    const kept = isJsonObject(jupyter) && !compat ? jupyter : {};
    return { ...cell, metadata: { ...cell.metadata, jupyter: { ...kept, source_hidden: true } } };
  });
  return { ...notebook, cells };
}

/**
 * Records the kernel that runs the notebook where the caller chose another one
 * than the notebook names; the reference leaves the old name in the file.
 */
export function withKernelspec(
  notebook: Notebook,
  { displayName, language }: Pick<Kernelspec, "displayName" | "language">,
  chosenName: string | undefined,
): Notebook {
  if (chosenName === undefined) return notebook;
  const kernelspec = { display_name: displayName, language, name: chosenName };
  return { ...notebook, metadata: { ...notebook.metadata, kernelspec } };
}

function recorded(parameters: ParameterMap, compat: boolean): JsonValue {
  const values = parametersToJson(parameters);
  return compat ? values : storableValue(values);
}
