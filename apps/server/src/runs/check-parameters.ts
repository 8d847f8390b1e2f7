import { chooseKernel, readKernelChoice } from "@notemill/executor";
import { isJsonObject, parseJson } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import {
  inferParameters,
  type ParameterMap,
  type ParameterProblem,
  parametersFromJson,
  translateParameters,
  validateParameters,
  withSecretsAsText,
} from "@notemill/parameters";
import { ServerError } from "../server-error.ts";

/**
 * Finds out now what would otherwise fail in the runner.
 *
 * @param text - The parameters as JSON.
 * @throws {@link ServerError} `PARAMETERS_INVALID`, and what the translator of the language throws.
 */
export function checkParameters(notebook: Notebook, text: string, kernelName: string | null): void {
  refuse(parameterProblems(notebook, text, kernelName));
}

/** What of parameters contradicts the notebook, as values. @throws The rest of what {@link checkParameters} does. */
export function parameterProblems(
  notebook: Notebook,
  text: string,
  kernelName: string | null,
): readonly ParameterProblem[] {
  const value = parseJson(text);
  if (!isJsonObject(value)) {
    throw new ServerError("PARAMETERS_INVALID", "the parameters are not an object of values by name");
  }
  return problemSearch(notebook, kernelName)(parametersFromJson(value));
}

/** {@link checkParameters} for many sets of parameters: what the notebook declares is found out once. */
export function createParameterCheck(
  notebook: Notebook,
  kernelName: string | null,
): (parameters: ParameterMap) => void {
  const search = problemSearch(notebook, kernelName);
  return (parameters) => refuse(search(parameters));
}

function refuse(problems: readonly ParameterProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new ServerError("PARAMETERS_INVALID", first.message, {
    details: { problems: problems.map(({ kind, name, message }) => ({ kind, name, message })) },
  });
}

/** Finds what of parameters contradicts a notebook. */
type ProblemSearch = (parameters: ParameterMap) => readonly ParameterProblem[];

/** What notebooks declare, which is found out once for each that is in memory, by kernel. */
const searches = new WeakMap<Notebook, Map<string | null, ProblemSearch>>();

function problemSearch(notebook: Notebook, kernelName: string | null): ProblemSearch {
  const known = searches.get(notebook) ?? new Map<string | null, ProblemSearch>();
  searches.set(notebook, known);
  const search = known.get(kernelName) ?? createProblemSearch(notebook, kernelName);
  // Any text may be asked for as a kernel.
  if (known.size < MOST_KERNELS) known.set(kernelName, search);
  return search;
}

const MOST_KERNELS = 10;

function createProblemSearch(notebook: Notebook, kernelName: string | null): ProblemSearch {
  const asked = { kernelName: kernelName ?? undefined };
  const { kernelName: name, language } = readKernelChoice(notebook, asked);
  // Without parameters nobody has to know the language.
  const isEnough = name !== undefined && language === undefined;
  const choice = isEnough ? null : chooseKernel(notebook, asked);
  const declared = choice === null ? [] : inferParameters(notebook, choice);
  return (given) => {
    const parameters = withSecretsAsText(given);
    if (parameters.size === 0 && isEnough) return [];
    const known = choice ?? chooseKernel(notebook, asked);
    const problems = validateParameters(declared, parameters).filter(({ severity }) => severity === "error");
    // A name that the language cannot have is refused by the translator.
    if (problems.length === 0 && parameters.size > 0) translateParameters({ ...known, parameters, notebook });
    return problems;
  };
}
