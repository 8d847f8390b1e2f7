/** Coded errors: every error that Notemill throws on purpose extends {@link CodedError}. */
export { CodedError, isCodedError } from "./coded-error.ts";
export type { CodedErrorOptions } from "./coded-error.ts";
