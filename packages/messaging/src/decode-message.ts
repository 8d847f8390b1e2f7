import { isJsonObject, parseJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import type { Channel, KernelMessage, MessageHeader } from "./kernel-message.ts";
import type { MessageBytes } from "./message-bytes.ts";
import { MessagingError } from "./messaging-error.ts";
import { readContent } from "./read-content.ts";
import { decodeUtf8 } from "./text-codec.ts";
import { malformed, verifyMessage } from "./verify-message.ts";
import type { Sign } from "./wire-format.ts";

/**
 * Reads the frames of one message from a kernel and checks their signature.
 *
 * @throws {@link MessagingError} `MESSAGE_MALFORMED`, `MESSAGE_SIGNATURE_INVALID`.
 */
export function decodeMessage(channel: Channel, frames: readonly Uint8Array[], sign: Sign): KernelMessage {
  return readMessage(channel, verifyMessage(channel, frames, sign));
}

/**
 * Reads a message whose signature was checked.
 *
 * @throws {@link MessagingError} `MESSAGE_MALFORMED`.
 */
export function readMessage(channel: Channel, bytes: MessageBytes): KernelMessage {
  try {
    const header = asHeader(parseJson(decodeUtf8(bytes.header)));
    if (header === null) throw malformed(channel, "has a header without msg_id and msg_type");
    return {
      channel,
      header,
      parent_header: asHeader(parseJson(decodeUtf8(bytes.parentHeader))),
      metadata: asObject(parseJson(decodeUtf8(bytes.metadata))),
      buffers: bytes.buffers,
      ...readContent(header.msg_type, decodeUtf8(bytes.content)),
    };
  } catch (error) {
    if (error instanceof MessagingError) throw error;
    throw malformed(channel, `has a part that is not JSON: ${String(error)}`, error);
  }
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
