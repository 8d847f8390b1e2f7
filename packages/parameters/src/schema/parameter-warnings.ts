import { suggestion } from "@notemill/errors";
import type { Notebook } from "@notemill/nbformat";
import {
  canInferParameters,
  inferParameters,
  type InferParametersOptions,
} from "../infer/infer-parameters.ts";
import { findTaggedCell } from "../tagged-cell.ts";
import type { ParameterProblem } from "./validate-parameters.ts";

/** Something about given parameters that a person should hear of. Each code has a section in docs/reference/errors.md. */
export interface ParameterWarning {
  readonly code:
    | "PARAMETERS_CELL_MISSING"
    | "PARAMETER_UNKNOWN_NAME"
    | "PARAMETER_TYPE_MISMATCH"
    | "PARAMETER_VALUE_MISSING";
  readonly message: string;
  /** Name of the parameter; null for all together. */
  readonly parameter: string | null;
}

/**
 * Makes warnings of problems, with the name that was probably meant. A notebook without a
 * parameters cell knows no name, which is told once; in a language that cannot be read no name
 * is called unknown.
 *
 * @param problems - What `validateParameters` found, in this order.
 */
export function parameterWarnings(
  notebook: Pick<Notebook, "cells">,
  options: InferParametersOptions,
  problems: readonly ParameterProblem[],
): readonly ParameterWarning[] {
  const isUnknown = ({ kind }: ParameterProblem): boolean => kind === "unknown-name";
  const unknown = problems.filter(isUnknown);
  const hasCell = ["parameters", "injected-parameters"].some((tag) => findTaggedCell(notebook, tag) >= 0);
  if (!hasCell && unknown.length > 0) return [cellMissing(unknown)];
  const isReadable = canInferParameters(options);
  const declared = unknown.length === 0 ? [] : inferParameters(notebook, options).map(({ name }) => name);
  return problems
    .filter((it) => isReadable || !isUnknown(it))
    .map((problem) => ({
      code: CODES[problem.kind],
      message: `${problem.message}${isUnknown(problem) ? suggestion(problem.name, declared) : ""}`,
      parameter: problem.name,
    }));
}

/** A {@link ParameterWarning}, also one that came over the wire. */
type ToldWarning = Omit<ParameterWarning, "code"> & { readonly code: string };

/** The names that a strict caller refuses, in one message; null where there is none. */
export function refusedNames<Warning extends ToldWarning>(
  warnings: readonly Warning[],
): { readonly message: string; readonly warnings: readonly Warning[] } | null {
  const refused = warnings.filter(({ code }) => REFUSED.has(code));
  const [first, ...others] = refused;
  if (first === undefined) return null;
  const names = others.slice(0, MOST_NAMES - 1).map(({ parameter }) => parameter);
  const more = names.length < others.length ? ", …" : "";
  const also = others.length === 0 ? "" : ` (and ${names.join(", ")}${more})`;
  return { message: `${first.message}${also}`, warnings: refused };
}

const REFUSED: ReadonlySet<string> = new Set(["PARAMETER_UNKNOWN_NAME", "PARAMETERS_CELL_MISSING"]);

const CODES = {
  "unknown-name": "PARAMETER_UNKNOWN_NAME",
  "type-mismatch": "PARAMETER_TYPE_MISMATCH",
  "value-missing": "PARAMETER_VALUE_MISSING",
} as const satisfies Readonly<Record<ParameterProblem["kind"], ParameterWarning["code"]>>;

function cellMissing(unknown: readonly ParameterProblem[]): ParameterWarning {
  const names = unknown.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = unknown.length > MOST_NAMES ? ` and ${unknown.length - MOST_NAMES} more` : "";
  return {
    code: "PARAMETERS_CELL_MISSING",
    // The first words are papermill's; people look for them in logs.
    message: `Input notebook does not contain a cell with tag 'parameters', so that nothing says whether it takes ${names.join(", ")}${more}: they are set in a new first cell, and a later cell may overwrite them`,
    parameter: null,
  };
}

/** How many names a message has. */
const MOST_NAMES = 10;
