import type { AttemptFacts, Source } from "@notemill/api";
import type { Kernelspec } from "@notemill/kernel";
import {
  environmentKernelspec,
  environmentVariables,
  type Environments,
  installedPackages,
  lockedPackages,
  readLock,
} from "@notemill/kernel/environments";
import { RunnerError } from "./runner-error.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Where the kernel of an attempt is started. */
export interface AttemptEnvironment {
  /** In place of the one that its name finds. */
  readonly kernelspec: Kernelspec;
  /** The kernel's variables. */
  variables(env: Variables): Variables;
}

/**
 * Builds the environment of a source, unless it is built already.
 *
 * @returns Nothing where the source has none.
 * @throws {@link RunnerError} `SOURCE_DAMAGED`, and what building throws.
 */
export async function attemptEnvironment(
  environments: Environments,
  environment: Source["environment"],
  signal: AbortSignal,
): Promise<AttemptEnvironment | undefined> {
  if (environment === undefined) return undefined;
  const lock = readLock(environment.lock);
  if (lock.digest !== environment.digest)
    throw new RunnerError("SOURCE_DAMAGED", "the lock of the environment is not what the source says");
  const built = await environments.build(lock, signal);
  return {
    kernelspec: environmentKernelspec(built),
    variables: (env) => environmentVariables(env, built),
  };
}

/** What the record says about the packages of an attempt: those of the lock, else what is installed. */
export async function environmentFacts(
  environment: Source["environment"],
  kernelspec: Kernelspec | undefined,
): Promise<AttemptFacts["environment"]> {
  if (environment !== undefined) {
    const lock = readLock(environment.lock);
    const { name, digest } = environment;
    return { name, is_locked: true, digest, package_count: lockedPackages(lock).length, python: lock.python };
  }
  if (kernelspec?.language.toLowerCase() !== "python") return null;
  const installed = await installedPackages(kernelspec);
  if (installed === null) return null;
  return {
    name: null,
    is_locked: false,
    digest: installed.digest,
    package_count: installed.count,
    python: installed.python,
  };
}
