import type { ParameterWarning } from "@notemill/api";
import { chooseKernel, readKernelChoice } from "@notemill/executor";
import { isJsonObject, parseJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import {
  inferParameters,
  type ParameterMap,
  type ParameterProblem,
  parametersFromJson,
  parameterWarnings,
  refusedNames,
  translateParameters,
  validateParameters,
  withSecretsAsText,
} from "@notemill/parameters";
import { ServerError } from "../server-error.ts";

/**
 * Finds out now what would otherwise fail in the runner.
 *
 * @param text - The parameters as JSON.
 * @returns What is taken and may not be meant, such as a name that the notebook does not declare.
 * @throws {@link ServerError} `PARAMETERS_INVALID`, and what the translator of the language throws.
 */
export function checkParameters(
  notebook: Notebook,
  text: string,
  kernelName: string | null,
): readonly ParameterWarning[] {
  return checkParameterSets(notebook, [parametersOf(text)], { kernelName });
}

/** What of parameters contradicts the notebook, or may not be meant, as values. */
export interface ParameterFindings {
  readonly errors: readonly ParameterProblem[];
  readonly warnings: readonly ParameterWarning[];
}

/** How parameters are looked at. */
interface CheckOptions {
  readonly kernelName: string | null;
  /** Names of those that get their values later; in their place is any text. Default: none. */
  readonly open?: ReadonlySet<string>;
}

/** What {@link checkParameters} finds, as values. @throws The rest of what it does. */
export function findInParameters(
  notebook: Notebook,
  text: string,
  { kernelName, open = NONE }: CheckOptions,
): ParameterFindings {
  const checks = checksOf(notebook, kernelName);
  const problems = checks.find(parametersOf(text), open);
  return { errors: problems.filter(isError), warnings: checks.warn(problems) };
}

const NONE: ReadonlySet<string> = new Set();

/**
 * {@link checkParameters} for many sets of parameters: what the notebook declares is found out
 * once, and what is so in many sets is told once.
 */
export function checkParameterSets(
  notebook: Notebook,
  sets: Iterable<ParameterMap>,
  { kernelName, open = NONE }: CheckOptions,
): readonly ParameterWarning[] {
  const checks = checksOf(notebook, kernelName);
  const told = new Map<string, ParameterProblem>();
  for (const set of sets) {
    const problems = checks.find(set, open);
    refuse(problems.filter(isError));
    for (const problem of problems) {
      const key = `${problem.kind} ${problem.name}`;
      if (told.size < MOST_WARNINGS && !told.has(key)) told.set(key, problem);
    }
  }
  return checks.warn([...told.values()]);
}

/** The most warnings that an answer has. */
const MOST_WARNINGS = 100;

/** Refuses names that the notebook does not declare, where that is asked for. @throws {@link ServerError} `PARAMETERS_UNKNOWN`. */
export function refuseUnknownNames(
  warnings: readonly ParameterWarning[],
  { strict = false }: { readonly strict?: boolean | undefined },
): void {
  const refused = strict ? refusedNames(warnings) : null;
  if (refused === null) return;
  throw new ServerError("PARAMETERS_UNKNOWN", refused.message, { details: { warnings: refused.warnings } });
}

/** Parameters that are JSON. @throws {@link ServerError} `PARAMETERS_INVALID`. */
export function parametersOf(text: string): ParameterMap {
  const value = parseJson(text);
  if (isJsonObject(value)) return parametersFromJson(value);
  throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
}

function isError({ severity }: ParameterProblem): boolean {
  return severity === "error";
}

function refuse(problems: readonly ParameterProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new ServerError("PARAMETERS_INVALID", first.message, {
    details: { problems: problems.map(({ kind, name, message }) => ({ kind, name, message })) },
  });
}

/** What finds problems with the parameters of one notebook. */
interface Checks {
  /** @throws What the translator of the language throws, where nothing is an error. */
  readonly find: (parameters: ParameterMap, open: ReadonlySet<string>) => readonly ParameterProblem[];
  /** Makes warnings of those problems that are no errors. */
  readonly warn: (problems: readonly ParameterProblem[]) => readonly ParameterWarning[];
}

/** What notebooks declare, which is found out once for each that is in memory, by kernel. */
const checksByNotebook = new WeakMap<Notebook, Map<string | null, Checks>>();

function checksOf(notebook: Notebook, kernelName: string | null): Checks {
  const known = checksByNotebook.get(notebook) ?? new Map<string | null, Checks>();
  checksByNotebook.set(notebook, known);
  const checks = known.get(kernelName) ?? createChecks(notebook, kernelName);
  // Any text may be asked for as a kernel.
  if (known.size < MOST_KERNELS) known.set(kernelName, checks);
  return checks;
}

const MOST_KERNELS = 10;

function createChecks(notebook: Notebook, kernelName: string | null): Checks {
  const asked = { kernelName: kernelName ?? undefined };
  const { kernelName: name, language } = readKernelChoice(notebook, asked);
  // Without parameters nobody has to know the language.
  const isEnough = name !== undefined && language === undefined;
  const choice = isEnough ? null : chooseKernel(notebook, asked);
  const declared = choice === null ? [] : inferParameters(notebook, choice);
  return {
    find(given, open) {
      const parameters = withSecretsAsText(given);
      if (parameters.size === 0 && isEnough) return [];
      const known = choice ?? chooseKernel(notebook, asked);
      const problems = validateParameters(declared, parameters).filter(
        ({ kind, name }) => kind !== "type-mismatch" || !open.has(name),
      );
      // A name that the language cannot have is refused by the translator.
      if (!problems.some(isError) && parameters.size > 0)
        translateParameters({ ...known, parameters, notebook });
      return problems;
    },
    warn(problems) {
      const told = problems.filter((it) => !isError(it));
      // No problem without parameters, and no parameters without a language.
      return told.length === 0 || choice === null ? [] : parameterWarnings(notebook, choice, told);
    },
  };
}
