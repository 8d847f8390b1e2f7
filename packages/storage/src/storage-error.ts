import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type StorageErrorCode =
  | "STORAGE_NOT_FOUND"
  | "STORAGE_FORBIDDEN"
  | "STORAGE_NO_DIRECTORY"
  | "STORAGE_IS_DIRECTORY"
  | "STORAGE_FULL"
  | "STORAGE_READ_ONLY"
  | "STORAGE_CONFLICT"
  | "STORAGE_PATH_INVALID"
  | "STORAGE_RANGE_INVALID"
  | "STORAGE_TOO_LARGE"
  | "STORAGE_CORRUPT"
  | "STORAGE_UNAVAILABLE"
  | "STORAGE_HTTP_STATUS"
  | "STORAGE_SCHEME_UNKNOWN"
  | "STORAGE_UNSUPPORTED"
  | "STORAGE_FAILED";

/** Bytes could not be read from or written to a place. */
export class StorageError extends CodedError<StorageErrorCode> {
  override readonly name = "StorageError";
}
