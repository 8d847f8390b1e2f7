import { ParametersError } from "../parameters-error.ts";

/** The error about one line of a YAML text. */
export function invalidYaml(line: number, problem: string): ParametersError {
  return new ParametersError("PARAMETERS_INVALID", `parameters are not valid at line ${line}: ${problem}`, {
    details: { line, problem },
  });
}
