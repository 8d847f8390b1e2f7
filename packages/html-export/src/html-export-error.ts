import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type HtmlExportErrorCode = "EXPORT_OPTION_INVALID";

/** A page cannot be made as asked. Never about the notebook: every document gives a page. */
export class HtmlExportError extends CodedError<HtmlExportErrorCode> {
  override readonly name = "HtmlExportError";
}
