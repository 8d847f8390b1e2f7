import { isJsonObject, parseJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import type { Channel, KernelMessage, MessageHeader } from "./kernel-message.ts";
import { MessagingError } from "./messaging-error.ts";
import { readContent } from "./read-content.ts";
import { decodeUtf8 } from "./text-codec.ts";
import { DELIMITER } from "./wire-format.ts";
import type { Sign } from "./wire-format.ts";

/**
 * Reads the frames of one message from a kernel and checks their signature.
 *
 * @throws {@link MessagingError} `MESSAGE_MALFORMED`, `MESSAGE_SIGNATURE_INVALID`.
 */
export function decodeMessage(channel: Channel, frames: readonly Uint8Array[], sign: Sign): KernelMessage {
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
  try {
    const readHeader = asHeader(parseJson(decodeUtf8(header)));
    if (readHeader === null) throw malformed(channel, "has a header without msg_id and msg_type");
    return {
      channel,
      header: readHeader,
      parent_header: asHeader(parseJson(decodeUtf8(parentHeader))),
      metadata: asObject(parseJson(decodeUtf8(metadata))),
      buffers,
      ...readContent(readHeader.msg_type, decodeUtf8(content)),
    };
  } catch (error) {
    if (error instanceof MessagingError) throw error;
    throw malformed(channel, `has a part that is not JSON: ${String(error)}`, error);
  }
}

function malformed(channel: Channel, what: string, cause?: unknown): MessagingError {
  return new MessagingError("MESSAGE_MALFORMED", `a message on ${channel} ${what}`, {
    details: { channel },
    cause,
  });
}

function asHeader(value: unknown): MessageHeader | null {
  if (!isJsonObject(value)) return null;
  const { msg_id, msg_type, session, username, date, version } = value;
  if (typeof msg_id !== "string" || typeof msg_type !== "string") return null;
  return {
    msg_id,
    msg_type,
    session: asText(session),
    username: asText(username),
    date: asText(date),
    version: asText(version),
  };
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
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
