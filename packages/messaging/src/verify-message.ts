import type { Channel } from "./kernel-message.ts";
import type { MessageBytes } from "./message-bytes.ts";
import { MessagingError } from "./messaging-error.ts";
import type { ReplayGuard } from "./replay-guard.ts";
import { decodeUtf8 } from "./text-codec.ts";
import { DELIMITER } from "./wire-format.ts";
import type { Sign } from "./wire-format.ts";

/**
 * Takes the frames of one message apart and checks their signature, without reading what they say.
 *
 * Where the connection has no key, every message is taken.
 *
 * @throws {@link MessagingError} `MESSAGE_MALFORMED`, `MESSAGE_SIGNATURE_INVALID`,
 * and `MESSAGE_REPLAYED` where `seen` is given.
 */
export function verifyMessage(
  channel: Channel,
  frames: readonly Uint8Array[],
  sign: Sign,
  seen?: ReplayGuard,
): MessageBytes {
  const at = frames.findIndex((frame) => isDelimiter(frame));
  const [signature, header, parentHeader, metadata, content, ...buffers] = at < 0 ? [] : frames.slice(at + 1);
  if (!signature || !header || !parentHeader || !metadata || !content) {
    throw malformed(channel, `has ${frames.length} frames; expected <IDS|MSG>, a signature and four parts`);
  }
  const expected = sign([header, parentHeader, metadata, content]);
  if (expected !== "") {
    const given = decodeUtf8(signature);
    if (!equalSignatures(given, expected)) {
      throw new MessagingError("MESSAGE_SIGNATURE_INVALID", `a message on ${channel} has a wrong signature`, {
        details: { channel },
      });
    }
    if (seen?.admit(given) === false) {
      throw new MessagingError("MESSAGE_REPLAYED", `a message on ${channel} came a second time`, {
        details: { channel },
      });
    }
  }
  return { header, parentHeader, metadata, content, buffers };
}

/** The error for frames that are no message. `parent` is the request that it answers, where that could be read. */
export function malformed(channel: Channel, what: string, cause?: unknown, parent?: string): MessagingError {
  return new MessagingError("MESSAGE_MALFORMED", `a message on ${channel} ${what}`, {
    details: parent === undefined ? { channel } : { channel, parent },
    cause,
  });
}

function isDelimiter(frame: Uint8Array): boolean {
  if (frame.length !== DELIMITER.length) return false;
  return frame.every((byte, index) => byte === DELIMITER[index]);
}

/** Compares in a time that does not tell how much of the signature was right. */
function equalSignatures(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let i = 0; i < expected.length; i++) difference |= given.charCodeAt(i) ^ expected.charCodeAt(i);
  return difference === 0;
}
