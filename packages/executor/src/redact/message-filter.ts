import type { ExecuteReply, KernelMessage } from "@notemill/messaging";
import type { JsonValue } from "@notemill/json";
import type { Redactor } from "./redactor.ts";

type StreamMessage = Extract<KernelMessage, { type: "stream" }>;

/** What is to be seen of what a kernel says. */
export interface MessageFilter {
  /** The messages to go on with, in order; none where more has to come first. */
  readonly apply: (message: KernelMessage) => readonly KernelMessage[];
  /** What waited of one request, or of all. */
  readonly flush: (msgId?: string) => readonly KernelMessage[];
  readonly reply: (reply: ExecuteReply) => ExecuteReply;
}

/** Lets everything through. */
export const NO_FILTER: MessageFilter = {
  apply: (message) => [message],
  flush: () => [],
  reply: (reply) => reply,
};

/**
 * Takes secrets out of messages. A secret that is printed in pieces is found too:
 * the end of a text that may be its beginning waits for more of the same stream.
 */
export function createMessageFilter(redactor: Redactor): MessageFilter {
  const waiting = new Map<string, StreamMessage>();

  function stream(message: StreamMessage): readonly KernelMessage[] {
    const key = `${message.parent_header?.msg_id ?? ""} ${message.content.name}`;
    const text = redactor.text(`${waiting.get(key)?.content.text ?? ""}${message.content.text}`);
    const end = text.length - redactor.heldBack(text);
    if (end === text.length) waiting.delete(key);
    else waiting.set(key, withText(message, text.slice(end)));
    return end === 0 ? [] : [withText(message, text.slice(0, end))];
  }

  return {
    apply: (message) =>
      message.type === "stream"
        ? stream(message)
        : [
            {
              ...message,
              content: redactor.value(message.content as unknown as JsonValue),
            } as unknown as KernelMessage,
          ],
    flush(msgId) {
      const flushed: StreamMessage[] = [];
      for (const [key, message] of waiting) {
        if (msgId !== undefined && !key.startsWith(`${msgId} `)) continue;
        flushed.push(message);
        waiting.delete(key);
      }
      return flushed;
    },
    reply: (reply) => redactor.value(reply as unknown as JsonValue) as unknown as ExecuteReply,
  };
}

function withText(message: StreamMessage, text: string): StreamMessage {
  return { ...message, content: { ...message.content, text } };
}
