import type { CellId, Notebook } from "@notemill/nbformat";
import {
  inferParameters,
  injectedParametersCell,
  injectParameters,
  type ParameterMap,
  parameterWarnings,
  translateParameters,
  validateParameters,
} from "@notemill/parameters";
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

/** Warnings about parameters that do not fit what the notebook declares, or about a notebook that declares none. */
export function warnOfParameters(
  source: Notebook,
  parameters: ParameterMap,
  choice: KernelChoice | undefined,
): readonly RunEvent[] {
  if (choice === undefined || parameters.size === 0) return [];
  const problems = validateParameters(inferParameters(source, choice), parameters);
  return parameterWarnings(source, choice, problems).map(({ code, message }) => {
    return { type: "run-warned", code, message };
  });
}
