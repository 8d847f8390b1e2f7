import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type JsonErrorCode = "JSON_INVALID" | "JSON_TOO_DEEP" | "JSON_TOO_COMPLEX";

/** Text is not JSON, or is JSON that would take too much to read. `details` has `offset`, `line`, `column`. */
export class JsonError extends CodedError<JsonErrorCode> {
  override readonly name = "JsonError";
}
