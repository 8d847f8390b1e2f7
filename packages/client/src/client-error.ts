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
