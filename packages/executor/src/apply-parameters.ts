import type { CellId, Notebook } from "@notemill/nbformat";
import {
  inferParameters,
  injectedParametersCell,
  injectParameters,
  type ParameterMap,
  parameterWarnings,
  refusedNames,
  translateParameters,
  validateParameters,
} from "@notemill/parameters";
import { ExecutorError } from "./executor-error.ts";
import type { KernelChoice } from "./kernel-choice.ts";
import type { RunEvent } from "./run-event.ts";

/** Injects parameters as papermill does; none at all leaves the source as it is. */
export function applyParameters(
  source: Notebook,
  parameters: ParameterMap | undefined,
  options: {
    readonly choice: KernelChoice | undefined;
    readonly compat: boolean;
    readonly newCellId: () => CellId;
    readonly environment: ReadonlyMap<string, string>;
  },
): Notebook {
  const { choice, compat, newCellId, environment } = options;
  if (choice === undefined || parameters === undefined || parameters.size === 0) return source;
  const code = translateParameters({ ...choice, parameters, notebook: source, compat, environment });
  return injectParameters(source, injectedParametersCell(newCellId(), code));
}

/**
 * Warnings about parameters that do not fit what the notebook declares, or about a notebook that declares none.
 *
 * @param options.strict - Whether names that the notebook does not declare are refused.
 * @throws {@link ExecutorError} `PARAMETERS_UNKNOWN`, with the warnings in `details`.
 */
export function warnOfParameters(
  source: Notebook,
  parameters: ParameterMap,
  { choice, strict }: { readonly choice: KernelChoice | undefined; readonly strict: boolean },
): readonly RunEvent[] {
  if (choice === undefined || parameters.size === 0) return [];
  const problems = validateParameters(inferParameters(source, choice), parameters);
  const warnings = parameterWarnings(source, choice, problems);
  const refused = strict ? refusedNames(warnings) : null;
  if (refused !== null) {
    const { message, warnings: unknown } = refused;
    throw new ExecutorError("PARAMETERS_UNKNOWN", message, { details: { warnings: unknown } });
  }
  return warnings.map(({ code, message }) => ({ type: "run-warned", code, message }));
}
