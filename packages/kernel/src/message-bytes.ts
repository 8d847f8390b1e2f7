import { RawJson } from "@notemill/json";
import type { KernelMessage, MimeData } from "@notemill/messaging";

/** What a message without large parts takes. */
const SMALL = 500;

/** About how much memory a message takes while it waits. */
export function messageBytes(message: KernelMessage): number {
  switch (message.type) {
    case "stream":
      return SMALL + message.content.text.length;
    case "display_data":
    case "update_display_data":
    case "execute_result":
      return SMALL + mimeBytes(message.content.data);
    default:
      return message.buffers.reduce((sum, buffer) => sum + buffer.length, SMALL);
  }
}

function mimeBytes(data: MimeData): number {
  let sum = 0;
  for (const value of Object.values(data)) sum += value instanceof RawJson ? value.text.length : value.length;
  return sum;
}
