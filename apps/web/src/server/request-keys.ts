import { encodeWireJson } from "@notemill/api";
import { randomKey } from "./random-key.ts";

/**
 * Gives what is asked for its idempotency key: the same as before where it is the same as before, so that a form
 * that is sent again after an answer that was lost starts nothing twice.
 *
 * @param asked - All that the request says; it is written as JSON to be compared.
 */
export function createRequestKeys(): (asked: unknown) => string {
  let last: { readonly text: string; readonly key: string } | undefined;
  return (asked) => {
    const text = encodeWireJson(asked);
    if (last?.text !== text) last = { text, key: randomKey() };
    return last.key;
  };
}
