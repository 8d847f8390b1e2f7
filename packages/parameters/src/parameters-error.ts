import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type ParametersErrorCode =
  | "PARAMETERS_INVALID"
  | "PARAMETER_MISSING"
  | "PARAMETER_NAME_INVALID"
  | "PARAMETER_VALUE_UNSUPPORTED"
  | "PATH_TEMPLATE_INVALID"
  | "SWEEP_INVALID"
  | "SWEEP_TOO_LARGE"
  | "TRANSLATOR_NOT_FOUND";

/** A parameter, a path template or a sweep that cannot be used as it was given. */
export class ParametersError extends CodedError<ParametersErrorCode> {
  override readonly name = "ParametersError";
}
