import { isJsonObject, type JsonValue } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { ExecutorError } from "./executor-error.ts";

/** Which kernel a notebook runs in, and which language its parameters are written in. */
export interface KernelChoice {
  readonly kernelName: string;
  readonly language: string;
}

/** What a caller says in place of the notebook's metadata. */
export type KernelWish = { readonly [Key in keyof KernelChoice]?: string | undefined };

/**
 * Chooses kernel and language: what the caller says, else what the metadata says.
 *
 * @throws {@link ExecutorError} `KERNEL_NAME_MISSING`, `LANGUAGE_MISSING`.
 */
export function chooseKernel(notebook: Notebook, given: KernelWish): KernelChoice {
  const kernelName = chooseKernelName(notebook, given);
  const { language } = readKernelChoice(notebook, given);
  if (language !== undefined) return { kernelName, language };
  throw new ExecutorError(
    "LANGUAGE_MISSING",
    "the notebook names no language in metadata.language_info.name or metadata.kernelspec.language; name one with --language",
  );
}

/**
 * Chooses the kernel alone, for a notebook that gets no parameters.
 *
 * @throws {@link ExecutorError} `KERNEL_NAME_MISSING`.
 */
export function chooseKernelName(notebook: Notebook, given: KernelWish): string {
  const { kernelName } = readKernelChoice(notebook, given);
  if (kernelName !== undefined) return kernelName;
  throw new ExecutorError(
    "KERNEL_NAME_MISSING",
    "the notebook names no kernel in metadata.kernelspec.name; name one with --kernel",
  );
}

/** What is known of kernel and language, which may be nothing. */
export function readKernelChoice({ metadata }: Notebook, given: KernelWish): KernelWish {
  const { kernelspec, language_info: language } = metadata;
  return {
    kernelName: given.kernelName || text(kernelspec, "name"),
    language: given.language || (text(language, "name") ?? text(kernelspec, "language")),
  };
}

function text(value: JsonValue | undefined, key: string): string | undefined {
  const found = isJsonObject(value) ? value[key] : undefined;
  return typeof found === "string" && found !== "" ? found : undefined;
}
