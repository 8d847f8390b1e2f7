import { encodeJson } from "@notemill/json";
import type { OutgoingMessage } from "./kernel-message.ts";
import { DELIMITER } from "./wire-format.ts";
import type { Sign } from "./wire-format.ts";
import { encodeUtf8 } from "./text-codec.ts";

/** Writes a message as the frames that go to a kernel's ROUTER socket, which adds the identity itself. */
export function encodeMessage(message: OutgoingMessage, sign: Sign): readonly Uint8Array[] {
  const parts = [
    encodeUtf8(encodeJson({ ...message.header })),
    encodeUtf8(encodeJson(message.parent_header ? { ...message.parent_header } : {})),
    encodeUtf8(encodeJson(message.metadata ?? {})),
    encodeUtf8(encodeJson(message.content)),
  ];
  return [DELIMITER, encodeUtf8(sign(parts)), ...parts, ...(message.buffers ?? [])];
}
