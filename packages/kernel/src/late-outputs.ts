import type { KernelMessage } from "@notemill/messaging";

/** Outputs that a kernel sends behind the idle status of the request they belong to. */
export interface LateOutputs {
  /** Says that what comes for the request `flushId`, up to the marker in its outputs, belongs to `msgId`. */
  expect(flushId: string, flush: Flush): void;
  /**
   * The message as it should have been: with the request in its parent header
   * that it belongs to. `null`: it belongs to nothing that anyone has asked for.
   */
  redirect(message: KernelMessage): KernelMessage | null;
  /** Is told of each message that came, once. */
  take(message: KernelMessage): void;
}

/** A request whose output is to come behind all that is late. */
export interface Flush {
  readonly msgId: string;
  readonly marker: string;
  readonly onFlushed: () => void;
}

/** Makes a register of late outputs, with none in it. */
export function createLateOutputs(): LateOutputs {
  const flushes = new Map<string, Flush & { isFlushed: boolean; isIdle: boolean }>();
  const flushOf = (message: KernelMessage) =>
    flushes.size === 0 ? undefined : flushes.get(message.parent_header?.msg_id ?? "");
  return {
    expect: (flushId, flush) => void flushes.set(flushId, { ...flush, isFlushed: false, isIdle: false }),
    redirect(message) {
      const flush = flushOf(message);
      if (!flush) return message;
      if (message.type !== "stream" || message.parent_header === null) return null;
      const text = message.content.text.split(flush.marker)[0] ?? "";
      if (text === "") return null;
      return {
        ...message,
        parent_header: { ...message.parent_header, msg_id: flush.msgId },
        content: { ...message.content, text },
      };
    },
    take(message) {
      const flush = flushOf(message);
      if (!flush) return;
      if (message.type === "stream" && message.content.text.includes(flush.marker)) {
        flush.isFlushed = true;
        flush.onFlushed();
      }
      if (message.type === "status" && message.content.execution_state === "idle") flush.isIdle = true;
      if (flush.isFlushed && flush.isIdle) flushes.delete(message.parent_header?.msg_id ?? "");
    },
  };
}
