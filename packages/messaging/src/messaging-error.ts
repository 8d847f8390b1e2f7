import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type MessagingErrorCode = "MESSAGE_MALFORMED" | "MESSAGE_SIGNATURE_INVALID" | "MESSAGE_REPLAYED";

/** A kernel message could not be read, or cannot be trusted. */
export class MessagingError extends CodedError<MessagingErrorCode> {
  override readonly name = "MessagingError";
}
