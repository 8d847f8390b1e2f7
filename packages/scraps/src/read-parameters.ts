import { isJsonObject } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";

/** Reads the parameters that a notebook document was run with, from `metadata.papermill`; empty if it was not. */
export function readParameters(notebook: Notebook): JsonObject {
  const { papermill } = notebook.metadata;
  const parameters = isJsonObject(papermill) ? papermill.parameters : undefined;
  return isJsonObject(parameters) ? parameters : {};
}
