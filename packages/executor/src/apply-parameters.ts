import type { CellId, Notebook } from "@notemill/nbformat";
import {
  inferParameters,
  injectedParametersCell,
  injectParameters,
  type ParameterMap,
  type ParameterProblem,
  translateParameters,
  validateParameters,
} from "@notemill/parameters";
import { cellTags } from "./cell-tags.ts";
import type { KernelChoice } from "./kernel-choice.ts";
import type { RunEvent, RunWarningCode } from "./run-event.ts";

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

/** Warnings about parameters that do not fit what the notebook declares, and about a notebook that declares none. */
export function parameterWarnings(
  source: Notebook,
  parameters: ParameterMap,
  choice: KernelChoice | undefined,
): readonly RunEvent[] {
  if (choice === undefined || parameters.size === 0) return [];
  const problems = validateParameters(inferParameters(source, choice), parameters).map(({ kind, message }) =>
    warning(PROBLEM_CODES[kind], message),
  );
  const hasCell = source.cells.some((cell) =>
    cellTags(cell).some((tag) => tag === "parameters" || tag === "injected-parameters"),
  );
  const missing = "Input notebook does not contain a cell with tag 'parameters'";
  return hasCell ? problems : [...problems, warning("PARAMETERS_CELL_MISSING", missing)];
}

const PROBLEM_CODES: Readonly<Record<ParameterProblem["kind"], RunWarningCode>> = {
  "unknown-name": "PARAMETER_UNKNOWN_NAME",
  "type-mismatch": "PARAMETER_TYPE_MISMATCH",
  "value-missing": "PARAMETER_VALUE_MISSING",
};

function warning(code: RunWarningCode, message: string): RunEvent {
  return { type: "run-warned", code, message };
}
