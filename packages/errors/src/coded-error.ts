/**
 * An error that carries a stable code.
 *
 * Callers branch on `code`, never on `message`. A code keeps its meaning for a
 * whole major version; a message may be reworded in any release.
 */
export class CodedError<Code extends string = string> extends Error {
  override readonly name: string = "CodedError";
  readonly code: Code;
  /** The facts behind the message, safe to log and to send to a client. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: Code, message: string, options: CodedErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** The `cause` of a {@link CodedError} and the facts to show with it. */
export interface CodedErrorOptions extends ErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * Tells whether `error` carries one of Notemill's codes.
 *
 * It looks at the shape and not at the class, so that an error from another
 * copy of this package is recognised too.
 */
export function isCodedError(error: unknown): error is CodedError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && "details" in error;
}
