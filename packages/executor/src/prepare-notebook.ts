import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import type { Kernelspec } from "@notemill/kernel";
import type { Cell, Notebook } from "@notemill/nbformat";
import { type ParameterMap, parametersToJson } from "@notemill/parameters";
import { removeErrorMarkers } from "./error-markers.ts";
import { storableValue } from "./storable-value.ts";

/** The version of papermill whose metadata format the output notebooks follow. */
export const PAPERMILL_FORMAT_VERSION = "2.6.0";

/** What goes into the metadata of an output notebook. */
export interface PrepareNotebookOptions {
  readonly inputPath: string;
  readonly outputPath: string | null;
  readonly parameters: ParameterMap | undefined;
  readonly reportMode: boolean;
  readonly compat: boolean;
}

/**
 * Gives a source the metadata that papermill gives it, and takes away what an
 * earlier failure left. Parameters are already injected.
 */
export function prepareNotebook(notebook: Notebook, options: PrepareNotebookOptions): Notebook {
  const { inputPath, outputPath, parameters, compat } = options;
  const earlier = asObject(notebook.metadata["papermill"]);
  const papermill: JsonObject = {
    default_parameters: {},
    environment_variables: {},
    parameters: {},
    version: PAPERMILL_FORMAT_VERSION,
    ...earlier,
    // The reference keeps the version of whoever ran the notebook before, which is not true any more.
    ...(compat ? {} : { version: PAPERMILL_FORMAT_VERSION }),
    input_path: inputPath,
    output_path: outputPath,
    ...(parameters === undefined || parameters.size === 0
      ? {}
      : { parameters: recorded(parameters, compat) }),
  };
  const clean = removeErrorMarkers(notebook);
  return {
    ...clean,
    metadata: { ...clean.metadata, papermill },
    cells: clean.cells.map((cell) => prepareCell(cell, options)),
  };
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

function prepareCell(cell: Cell, { reportMode, compat }: PrepareNotebookOptions): Cell {
  const metadata: Record<string, JsonValue> = {
    ...cell.metadata,
    tags: cell.metadata["tags"] ?? [],
    papermill: cell.metadata["papermill"] ?? {},
  };
  if (reportMode && cell.cell_type === "code") {
    metadata["jupyter"] = { ...(compat ? {} : asObject(metadata["jupyter"])), source_hidden: true };
  }
  return { ...cell, metadata };
}

function recorded(parameters: ParameterMap, compat: boolean): JsonValue {
  const values = parametersToJson(parameters);
  return compat ? values : storableValue(values);
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
