import { ParametersError } from "../parameters-error.ts";

/** The error for a template that cannot be followed; `problem` says what is wrong. */
export function invalidTemplate(template: string, problem: string): ParametersError {
  return new ParametersError(
    "PATH_TEMPLATE_INVALID",
    `the path template ${JSON.stringify(template)} is not valid: ${problem}; write "{{" and "}}" for plain braces`,
    { details: { problem, template } },
  );
}
