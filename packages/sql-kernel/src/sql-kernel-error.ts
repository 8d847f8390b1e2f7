import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type SqlKernelErrorCode =
  | "SQL_CONNECTION_FILE_INVALID"
  | "SQL_DIRECTIVE_INVALID"
  | "SQL_SCRAP_INVALID"
  | "SQL_SETTING_INVALID";

/** The SQL kernel cannot start, or a cell asks for something that it cannot do. */
export class SqlKernelError extends CodedError<SqlKernelErrorCode> {
  override readonly name = "SqlKernelError";
}
