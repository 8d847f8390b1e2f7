import type { Channel } from "./kernel-message.ts";
import type { MessageBytes } from "./message-bytes.ts";
import { MessagingError } from "./messaging-error.ts";
import { decodeUtf8 } from "./text-codec.ts";
import { DELIMITER } from "./wire-format.ts";
import type { Sign } from "./wire-format.ts";

/**
 * Takes the frames of one message apart and checks their signature, without reading what they say.
 *
 * @throws {@link MessagingError} `MESSAGE_MALFORMED`, `MESSAGE_SIGNATURE_INVALID`.
 */
export function verifyMessage(channel: Channel, frames: readonly Uint8Array[], sign: Sign): MessageBytes {
  const at = frames.findIndex((frame) => equalBytes(frame, DELIMITER));
  const [signature, header, parentHeader, metadata, content, ...buffers] = at < 0 ? [] : frames.slice(at + 1);
  if (!signature || !header || !parentHeader || !metadata || !content) {
    throw malformed(channel, `has ${frames.length} frames; expected <IDS|MSG>, a signature and four parts`);
  }
  const expected = sign([header, parentHeader, metadata, content]);
  if (!equalSignatures(decodeUtf8(signature), expected)) {
    throw new MessagingError("MESSAGE_SIGNATURE_INVALID", `a message on ${channel} has a wrong signature`, {
      details: { channel },
    });
  }
  return { header, parentHeader, metadata, content, buffers };
}

/** The error for frames that are no message. */
export function malformed(channel: Channel, what: string, cause?: unknown): MessagingError {
  return new MessagingError("MESSAGE_MALFORMED", `a message on ${channel} ${what}`, {
    details: { channel },
    cause,
  });
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Compares in a time that does not tell how much of the signature was right. */
function equalSignatures(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let i = 0; i < expected.length; i++) difference |= given.charCodeAt(i) ^ expected.charCodeAt(i);
  return difference === 0;
}
