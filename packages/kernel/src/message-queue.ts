import type { KernelMessage } from "@notemill/messaging";
import { messageBytes } from "./message-bytes.ts";

/** Messages on their way to one reader. */
export interface MessageQueue {
  /** Adds a message. `false`: there was no room, and it was dropped. */
  push(message: KernelMessage): boolean;
  /** Ends the reading behind the last message, by an error if there is one. */
  end(error: Error | null): void;
  readonly messages: AsyncGenerator<KernelMessage, void, void>;
}

/** Limits of a queue, and who is told of them. */
export interface MessageQueueOptions {
  /** Called when many messages wait for a reader who is reading (`true`), and when few are left (`false`). */
  readonly onBacklog: (isLong: boolean) => void;
  readonly limits?: QueueLimits | undefined;
}

/** How many bytes of messages may wait for the reader. */
export interface QueueLimits {
  /** From here on the backlog is long. Default 32 MiB. */
  readonly longBytes: number;
  /** From here on messages are dropped, but for those without outputs. Default 256 MiB. */
  readonly mostBytes: number;
}

const LIMITS: QueueLimits = { longBytes: 32 << 20, mostBytes: 256 << 20 };

/**
 * Makes a queue with room in memory.
 *
 * Nobody can be asked to wait for a reader who has not begun, and who perhaps
 * never will; so the backlog counts as long only once there is reading.
 */
export function createMessageQueue({ onBacklog, limits = LIMITS }: MessageQueueOptions): MessageQueue {
  let queue: KernelMessage[] = [];
  let bytes = 0;
  let reading: "not-yet" | "now" | "no-more" = "not-yet";
  let isLong = false;
  let ended: { readonly error: Error | null } | null = null;
  let wake: (() => void) | null = null;

  const setLong = (value: boolean): void => {
    if (value === isLong) return;
    isLong = value;
    onBacklog(value);
  };

  async function* read(): AsyncGenerator<KernelMessage, void, void> {
    reading = "now";
    try {
      for (;;) {
        const batch = queue;
        queue = [];
        for (const message of batch) {
          bytes -= messageBytes(message);
          if (bytes < limits.longBytes / 4) setLong(false);
          yield message;
        }
        if (queue.length > 0) continue;
        if (ended?.error) throw ended.error;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      reading = "no-more";
      queue = [];
      setLong(false);
    }
  }

  return {
    messages: read(),
    push(message) {
      if (reading === "no-more" || ended) return true;
      const size = messageBytes(message);
      if (bytes + size > limits.mostBytes && message.type !== "status") return false;
      queue.push(message);
      bytes += size;
      if (reading === "now" && bytes > limits.longBytes) setLong(true);
      wake?.();
      return true;
    },
    end(error) {
      ended ??= { error };
      wake?.();
    },
  };
}
