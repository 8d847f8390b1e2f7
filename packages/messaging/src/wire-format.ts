import { encodeUtf8 } from "./text-codec.ts";

/**
 * Signs the four JSON parts of a message: the hex digest of their HMAC, or `""`
 * where the connection has no key. The adapter brings it, since hashing is its platform's.
 */
export type Sign = (parts: readonly Uint8Array[]) => string;

/**
 * The frame between the routing identities and the message.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
export const DELIMITER: Uint8Array = encodeUtf8("<IDS|MSG>");
