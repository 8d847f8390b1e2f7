import type { JsonValue } from "@notemill/json";
import { CodedError } from "@notemill/errors";
import type { NotebookPath } from "./notebook-problem.ts";
import { shownPath, shownValue } from "./shown-value.ts";

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

/** Makes the error for a part without which there is no notebook. */
export function invalidNotebook(
  path: NotebookPath,
  wanted: string,
  found: JsonValue | undefined,
): NotebookError {
  const message = `${shownPath(path)} must be ${wanted}, found ${shownValue(found)}`;
  return new NotebookError("NOTEBOOK_INVALID", message, { details: { path } });
}
