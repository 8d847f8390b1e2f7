import { encodeJson } from "@notemill/json";
import type { OutgoingMessage } from "./kernel-message.ts";
import type { MessageBytes } from "./message-bytes.ts";
import { encodeUtf8 } from "./text-codec.ts";
import { DELIMITER } from "./wire-format.ts";
import type { Sign } from "./wire-format.ts";

/** Writes a message as the frames that go to a kernel's ROUTER socket, which adds the identity itself. */
export function encodeMessage(message: OutgoingMessage, sign: Sign): readonly Uint8Array[] {
  return signMessage(writeMessage(message), sign);
}

/** Writes the parts of a message, for whoever signs and sends it. */
export function writeMessage(message: OutgoingMessage): MessageBytes {
  return {
    header: encodeUtf8(encodeJson({ ...message.header })),
    parentHeader: encodeUtf8(encodeJson(message.parent_header ? { ...message.parent_header } : {})),
    metadata: encodeUtf8(encodeJson(message.metadata ?? {})),
    content: encodeUtf8(encodeJson(message.content)),
    buffers: message.buffers ?? [],
  };
}

/** Signs the parts of a message and puts them in the frames of the wire. */
export function signMessage(bytes: MessageBytes, sign: Sign): readonly Uint8Array[] {
  const parts = [bytes.header, bytes.parentHeader, bytes.metadata, bytes.content];
  return [DELIMITER, encodeUtf8(sign(parts)), ...parts, ...bytes.buffers];
}
