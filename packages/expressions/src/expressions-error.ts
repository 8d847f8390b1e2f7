import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type ExpressionsErrorCode =
  | "EXPRESSION_FAILED"
  | "EXPRESSION_NAME_UNKNOWN"
  | "EXPRESSION_RESULT_UNSUPPORTED"
  | "EXPRESSION_SYNTAX"
  | "EXPRESSION_TOO_LARGE"
  | "EXPRESSION_TOO_LONG_RUNNING";

/**
 * An expression that cannot be read, or that came to nothing.
 *
 * `details` has the `expression`, and `line` and `column`, from 1, where they are known.
 */
export class ExpressionsError extends CodedError<ExpressionsErrorCode> {
  override readonly name = "ExpressionsError";
}
