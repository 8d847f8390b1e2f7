import { isJsonObject, parseJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import type { Channel, KernelMessage, MessageHeader } from "./kernel-message.ts";
import type { MessageBytes } from "./message-bytes.ts";
import { readContent } from "./read-content.ts";
import type { TypedContent } from "./read-content.ts";
import { readStreamPieces } from "./read-stream-pieces.ts";
import { decodeUtf8 } from "./text-codec.ts";
import { malformed, verifyMessage } from "./verify-message.ts";
import type { Sign } from "./wire-format.ts";

/** Contents above this size are read in pieces where that is possible. */
const LARGE_BYTES = 4 << 20;

/** Contents above this size are not read where they would have to be read whole: half of what a string can hold. */
const MOST_WHOLE_BYTES = 256 << 20;

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
 * @throws {@link MessagingError} `MESSAGE_MALFORMED`, with `details.parent` where
 * only the metadata or the content cannot be read.
 */
export function readMessage(channel: Channel, bytes: MessageBytes): KernelMessage {
  const parts = readParts(channel, bytes);
  return withContent(parts, () => readContent(parts.header.msg_type, decodeUtf8(bytes.content)));
}

/** Tells whether {@link readMessagePieces} would give several messages. */
export function comesInPieces(bytes: MessageBytes): boolean {
  return bytes.content.length > LARGE_BYTES;
}

/**
 * Reads a message whose signature was checked, long text of a `stream` message
 * as several messages with one header.
 *
 * So a single message of a gigabyte, which is more than a string can hold, takes
 * little memory beside its bytes.
 *
 * @throws {@link MessagingError} as {@link readMessage} does.
 */
export function* readMessagePieces(
  channel: Channel,
  bytes: MessageBytes,
): Generator<KernelMessage, void, void> {
  const parts = readParts(channel, bytes);
  if (!comesInPieces(bytes) || parts.header.msg_type !== "stream") {
    if (bytes.content.length > MOST_WHOLE_BYTES) {
      const what = `is a ${parts.header.msg_type} of ${bytes.content.length} bytes, and at most ${MOST_WHOLE_BYTES} are read of it`;
      throw malformed(channel, what, undefined, parts.parent_header?.msg_id);
    }
    yield withContent(parts, () => readContent(parts.header.msg_type, decodeUtf8(bytes.content)));
    return;
  }
  const pieces = readStreamPieces(bytes.content);
  for (;;) {
    const next = guard(parts, () => pieces.next());
    if (next.done === true) return;
    yield { ...parts, type: "stream", content: next.value };
  }
}

interface MessageParts {
  readonly channel: Channel;
  readonly header: MessageHeader;
  readonly parent_header: MessageHeader | null;
  readonly metadata: JsonObject;
  readonly buffers: readonly Uint8Array[];
}

function readParts(channel: Channel, bytes: MessageBytes): MessageParts {
  const header = readHeader(channel, bytes.header);
  if (header === null) throw malformed(channel, "has a header without msg_id and msg_type");
  const parts = {
    channel,
    header,
    parent_header: readHeader(channel, bytes.parentHeader),
    metadata: {},
    buffers: bytes.buffers,
  };
  return guard(parts, () => ({ ...parts, metadata: readMetadata(bytes.metadata) }));
}

function withContent(parts: MessageParts, read: () => TypedContent): KernelMessage {
  return { ...parts, ...guard(parts, read) };
}

/** Says of a failure to read which request the message belongs to. */
function guard<T>(parts: MessageParts, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const parent = parts.parent_header?.msg_id;
    throw malformed(parts.channel, `has a part that cannot be read: ${String(error)}`, error, parent);
  }
}

/** A header is all text, so nothing in it can lose digits. */
function readHeader(channel: Channel, bytes: Uint8Array): MessageHeader | null {
  let value: unknown;
  try {
    value = JSON.parse(decodeUtf8(bytes));
  } catch (error) {
    throw malformed(channel, `has a header that is not JSON: ${String(error)}`, error);
  }
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

function readMetadata(bytes: Uint8Array): JsonObject {
  // Nearly every message has none.
  if (bytes.length === 2) return {};
  const value = parseJson(decodeUtf8(bytes));
  return isJsonObject(value) ? value : {};
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
