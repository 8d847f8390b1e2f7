import { CodedError } from "@notemill/errors";

/** Every code of the server's own, in problems, in failures of runs, and at its start. Each has a section in docs/reference/errors.md. */
export type ServerErrorCode =
  | "TOKEN_INVALID"
  | "HOST_REFUSED"
  | "TOO_MANY_REQUESTS"
  | "REQUEST_INVALID"
  | "BODY_TOO_LARGE"
  | "MEDIA_TYPE_UNSUPPORTED"
  | "ROUTE_NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "NOT_READY"
  | "RUN_NOT_FOUND"
  | "NOTEBOOK_NOT_FOUND"
  | "OUTPUT_NOT_THERE"
  | "KERNEL_NOT_KEPT"
  | "CELL_NOT_FOUND"
  | "PATH_NOT_MOUNTED"
  | "PARAMETERS_INVALID"
  | "SOURCE_FILE_MISSING"
  | "SOURCE_NOT_FOUND"
  | "IDEMPOTENCY_KEY_REUSED"
  | "SCHEDULE_NOT_FOUND"
  | "SCHEDULE_NAME_TAKEN"
  | "SCHEDULE_CHANGED"
  | "SCHEDULE_NEVER_DUE"
  | "ATTEMPT_LOST"
  | "EVENTS_MISSING"
  | "QUEUE_TIMED_OUT"
  | "RECORD_FILE_DIFFERS"
  | "INTERNAL_ERROR"
  | "ADDRESS_UNUSABLE"
  | "TOKEN_FILE_UNUSABLE";

/** The HTTP status that goes with a code. */
const STATUSES: Readonly<Record<ServerErrorCode, number>> = {
  TOKEN_INVALID: 401,
  HOST_REFUSED: 421,
  TOO_MANY_REQUESTS: 429,
  REQUEST_INVALID: 400,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_READY: 503,
  RUN_NOT_FOUND: 404,
  NOTEBOOK_NOT_FOUND: 404,
  OUTPUT_NOT_THERE: 404,
  KERNEL_NOT_KEPT: 409,
  CELL_NOT_FOUND: 422,
  PATH_NOT_MOUNTED: 422,
  PARAMETERS_INVALID: 422,
  SOURCE_FILE_MISSING: 422,
  SOURCE_NOT_FOUND: 404,
  IDEMPOTENCY_KEY_REUSED: 422,
  SCHEDULE_NOT_FOUND: 404,
  SCHEDULE_NAME_TAKEN: 409,
  SCHEDULE_CHANGED: 409,
  SCHEDULE_NEVER_DUE: 422,
  ATTEMPT_LOST: 409,
  EVENTS_MISSING: 409,
  QUEUE_TIMED_OUT: 408,
  RECORD_FILE_DIFFERS: 409,
  INTERNAL_ERROR: 500,
  ADDRESS_UNUSABLE: 500,
  TOKEN_FILE_UNUSABLE: 500,
};

/** The server refuses a request, or cannot start. */
export class ServerError extends CodedError<ServerErrorCode> {
  override readonly name = "ServerError";

  /** The HTTP status of the answer. */
  get status(): number {
    return STATUSES[this.code];
  }
}
