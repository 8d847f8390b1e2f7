import { CodedError } from "@notemill/errors";

/** Every code of the command line itself. Each has a section in docs/reference/errors.md. */
export type UsageErrorCode = "USAGE_INVALID";

/** The command line is not what the command takes. Ends the process with exit code 2. */
export class UsageError extends CodedError<UsageErrorCode> {
  override readonly name = "UsageError";

  constructor(message: string) {
    super("USAGE_INVALID", message);
  }
}
