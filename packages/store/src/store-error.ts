import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type StoreErrorCode =
  | "STORE_LOCKED"
  | "STORE_OPEN_FAILED"
  | "STORE_CLOSED"
  | "STORE_QUERY_FAILED"
  | "STORE_MIGRATION_CHANGED"
  | "STORE_NEWER";

/** The database could not be opened, or did not do what it was asked. */
export class StoreError extends CodedError<StoreErrorCode> {
  override readonly name = "StoreError";
}
