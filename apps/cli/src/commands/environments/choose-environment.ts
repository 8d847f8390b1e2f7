import { readKernelChoice, type RunEnvironment } from "@notemill/executor";
import {
  environmentKernelspec,
  environmentVariables,
  lockedPackages,
  openEnvironments,
} from "@notemill/kernel/environments";
import type { Notebook } from "@notemill/nbformat";
import type { OptionValues, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { environmentsDirectory } from "../../platform/environments-directory.ts";
import { declaredBy } from "./read-input.ts";

/**
 * Says where the kernel of a notebook is started: in the environment that the command
 * line asks for, else in the one that the notebook names. It is built if nobody has yet.
 *
 * @returns Null for the kernel's own.
 */
export async function chooseEnvironment(
  notebook: Notebook,
  options: OptionValues,
  terminal: Terminal,
): Promise<RunEnvironment | null> {
  const declared = declaredBy(notebook);
  const wanted = options.text("environment") ?? null;
  if ((wanted ?? declared.name ?? "none") === "none") return null;
  const { env, interrupted, stderr } = terminal;
  const environments = openEnvironments(environmentsDirectory(options, terminal), env);
  const call = { now: new Date(), signal: interrupted };
  const chosen = await environments.choose(wanted, declared, call);
  if (chosen === null) return null;
  const { language } = readKernelChoice(notebook, {
    kernelName: options.text("kernel"),
    language: options.text("language"),
  });
  if (language !== undefined && language.toLowerCase() !== "python")
    throw new UsageError(`environments are of Python packages, and the notebook is in ${language}`);
  const isBuilt = (await environments.built()).some(({ digest }) => digest === chosen.lock.digest);
  if (!isBuilt)
    stderr.write(`building the environment ${chosen.name}: ${lockedPackages(chosen.lock).length} packages\n`);
  const built = await environments.build(chosen.lock, interrupted);
  return { kernelspec: environmentKernelspec(built), env: environmentVariables(env, built) };
}
