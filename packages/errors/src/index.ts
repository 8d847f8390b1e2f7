/**
 * Coded errors: every error that Notemill throws on purpose extends {@link CodedError}; what the reference says of
 * their codes; and what messages say of words that are nearly known.
 */
export { CodedError, isCodedError } from "./coded-error.ts";
export type { CodedErrorOptions } from "./coded-error.ts";
export { explainedCodes, explanationOf } from "./explanation.ts";
export { suggestion } from "./suggestion.ts";
