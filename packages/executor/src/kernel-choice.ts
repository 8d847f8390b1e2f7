import { isJsonObject, type JsonValue } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { ExecutorError } from "./executor-error.ts";

/** Which kernel a notebook runs in, and which language its parameters are written in. */
export interface KernelChoice {
  readonly kernelName: string;
  readonly language: string;
}

/**
 * Chooses kernel and language: what the caller says, else what the metadata says.
 *
 * @throws {@link ExecutorError} `KERNEL_NAME_MISSING`, `LANGUAGE_MISSING`.
 */
export function chooseKernel(
  notebook: Notebook,
  given: { readonly kernelName?: string | undefined; readonly language?: string | undefined },
): KernelChoice {
  const kernelName = given.kernelName ?? text(notebook.metadata["kernelspec"], "name");
  if (!kernelName) {
    throw new ExecutorError(
      "KERNEL_NAME_MISSING",
      "the notebook names no kernel in metadata.kernelspec.name; name one with --kernel",
    );
  }
  const language =
    given.language ??
    text(notebook.metadata["language_info"], "name") ??
    text(notebook.metadata["kernelspec"], "language");
  if (!language) {
    throw new ExecutorError(
      "LANGUAGE_MISSING",
      "the notebook names no language in metadata.language_info.name or metadata.kernelspec.language; name one with --language",
    );
  }
  return { kernelName, language };
}

function text(value: JsonValue | undefined, key: string): string | undefined {
  const found = isJsonObject(value) ? value[key] : undefined;
  return typeof found === "string" && found !== "" ? found : undefined;
}
