import { CodedError } from "@notemill/errors";

/** Every code this package throws by itself. Each has a section in docs/reference/errors.md. */
export type ClientErrorCode = "SERVER_UNREACHABLE" | "ANSWER_INVALID";

/** The server could not be asked, or its answer is none. */
export class ClientError extends CodedError<ClientErrorCode> {
  override readonly name = "ClientError";
}

/** The server has refused a request. The code is the server's own. */
export class ServerProblem extends CodedError {
  override readonly name = "ServerProblem";
  /** The HTTP status. */
  readonly status: number;

  constructor(code: string, detail: string, status: number, details: Readonly<Record<string, unknown>>) {
    super(code, detail, { details });
    this.status = status;
  }
}

/**
 * Whether an error says that the server, or what it needs, is away and may come back: nobody answers, or the
 * answer has a status from 500 on, from the server itself or from a proxy before it.
 */
export function isServerAway(error: unknown): boolean {
  if (error instanceof ServerProblem) return error.status >= 500;
  if (!(error instanceof ClientError)) return false;
  const { status } = error.details;
  return error.code === "SERVER_UNREACHABLE" || (typeof status === "number" && status >= 500);
}
