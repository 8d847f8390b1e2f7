import type { Source } from "@notemill/api";
import { readKernelChoice } from "@notemill/executor";
import { declaredEnvironment } from "@notemill/kernel/environments";
import type { Notebook } from "@notemill/nbformat";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";

/**
 * Chooses the environment of a run and gives its lock, which goes into the source.
 *
 * @returns Nothing where the interpreter of the kernelspec is used.
 * @throws {@link ServerError} `ENVIRONMENT_NOT_FOR_KERNEL`, and what resolving an environment throws.
 */
export async function chooseEnvironment(
  { environments, now }: Pick<Platform, "environments" | "now">,
  notebook: Notebook,
  run: {
    readonly settings: { readonly environment?: string | null | undefined };
    readonly kernelName: string | null;
  },
): Promise<Source["environment"]> {
  const sources = notebook.cells.filter((cell) => cell.cell_type === "code").map(({ source }) => source);
  const declared = declaredEnvironment(sources, notebook.metadata);
  const chosen = await environments.choose(run.settings.environment ?? null, declared, { now: now() });
  if (chosen === null) return undefined;
  const { language } = readKernelChoice(notebook, { kernelName: run.kernelName ?? undefined });
  if (language !== undefined && language.toLowerCase() !== "python") {
    throw new ServerError(
      "ENVIRONMENT_NOT_FOR_KERNEL",
      `environments are of Python packages, and the notebook is in ${language}; ask for the environment "none"`,
      { details: { language } },
    );
  }
  return { name: chosen.name, digest: chosen.lock.digest, lock: chosen.lock.text };
}
