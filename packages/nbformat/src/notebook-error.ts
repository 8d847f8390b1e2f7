import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type NotebookErrorCode =
  | "NOTEBOOK_NOT_TEXT"
  | "NOTEBOOK_NOT_JSON"
  | "NOTEBOOK_NOT_A_NOTEBOOK"
  | "NOTEBOOK_VERSION_UNSUPPORTED"
  | "NOTEBOOK_INVALID"
  | "NOTEBOOK_TOO_COMPLEX"
  | "NOTEBOOK_TOO_LARGE";

/** Bytes or text cannot be read as a notebook document. `details` says where: `offset`, or `path`. */
export class NotebookError extends CodedError<NotebookErrorCode> {
  override readonly name = "NotebookError";
}
