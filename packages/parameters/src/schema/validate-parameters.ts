import type { InferredParameter } from "../infer/inferred-parameter.ts";
import type { ParameterMap, ParameterValue } from "../parameter-map.ts";
import { findMismatch, jsonTypeOf } from "./find-mismatch.ts";

/** Something about the given parameters that the notebook does not expect. */
export interface ParameterProblem {
  /** `unknown-name`: not declared; `type-mismatch`: another type; `value-missing`: no default and not given. */
  readonly kind: "unknown-name" | "type-mismatch" | "value-missing";
  /** An `error` contradicts a declared type, or leaves a variable unset; a `warning` may be meant. */
  readonly severity: "error" | "warning";
  readonly name: string;
  /** What to tell the user. */
  readonly message: string;
}

/**
 * Compares given parameters with those that a notebook declares.
 *
 * A type that was only taken from a default is held loosely: any number stands
 * for any other, and null for everything. Never throws; order is that of `given`,
 * then what is missing.
 */
export function validateParameters(
  declared: readonly InferredParameter[],
  given: ParameterMap,
): readonly ParameterProblem[] {
  const known = new Map(declared.map((parameter) => [parameter.name, parameter]));
  const problems = [...given].flatMap(([name, value]) => {
    const parameter = known.get(name);
    return parameter ? checkType(parameter, value) : [unknownName(name)];
  });
  return [
    ...problems,
    ...declared.filter(({ name, required }) => required && !given.has(name)).map(valueMissing),
  ];
}

function unknownName(name: string): ParameterProblem {
  // The words are papermill's; people look for them in logs.
  return { kind: "unknown-name", message: `Passed unknown parameter: ${name}`, name, severity: "warning" };
}

function valueMissing({ name }: InferredParameter): ParameterProblem {
  const message = `parameter "${name}" has no default and was not given`;
  return { kind: "value-missing", message, name, severity: "error" };
}

function checkType(
  { name, schema, typed, value: preset }: InferredParameter,
  value: ParameterValue,
): ParameterProblem[] {
  if (!typed && (value === null || preset === undefined || sameFamily(value, preset))) return [];
  const found = findMismatch(value, schema);
  if (!found) return [];
  const message = `parameter "${name}"${found.path}: expected ${found.expected}, found ${found.found}`;
  return [{ kind: "type-mismatch", message, name, severity: typed ? "error" : "warning" }];
}

function sameFamily(a: ParameterValue, b: ParameterValue): boolean {
  return family(a) === family(b);
}

function family(value: ParameterValue): string {
  const type = jsonTypeOf(value);
  return type === "integer" ? "number" : type;
}
