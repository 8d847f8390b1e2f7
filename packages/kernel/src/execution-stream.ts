import type { ExecuteReply, KernelMessage } from "@notemill/messaging";
import { KernelError } from "./kernel-error.ts";
import type { Execution } from "./kernel.ts";
import { messageBytes } from "./message-bytes.ts";

/** The sending end of an {@link Execution}: what came from the kernel goes in here. */
export interface ExecutionSink {
  readonly execution: Execution;
  message(message: KernelMessage): void;
  reply(reply: ExecuteReply): void;
  /** Says that an output did not come through; the iterator tells its reader at the end. */
  lose(reason: LossReason): void;
  /** Ends the execution before its time; later calls change nothing. */
  fail(error: Error): void;
}

/** Why an output is missing. */
export type LossReason = "idle-missing" | "unreadable" | "disconnected" | "too-slow" | "no-room";

/** Whom {@link createExecution} tells, and its limits. */
export interface ExecutionStreamOptions {
  /** Called once, when it is complete or has failed. */
  readonly onOver: () => void;
  /** Called when many messages wait for a reader who is reading (`true`), and when few are left (`false`). */
  readonly onBacklog?: ((isLong: boolean) => void) | undefined;
  /** How long to wait for the idle status once the reply is there and nothing else comes. Default: for ever. */
  readonly idleTimeoutMs?: number | undefined;
  readonly limits?: QueueLimits;
}

/** How many bytes of messages may wait for the reader. */
export interface QueueLimits {
  /** From here on the kernel is asked to wait. */
  readonly longBytes: number;
  /** From here on outputs are dropped. */
  readonly mostBytes: number;
}

const LIMITS: QueueLimits = { longBytes: 32 << 20, mostBytes: 256 << 20 };

/** Makes an execution that is over when its reply and its idle status have come. */
export function createExecution(msgId: string, options: ExecutionStreamOptions): ExecutionSink {
  const { onOver, onBacklog = () => {}, idleTimeoutMs, limits = LIMITS } = options;
  const reply = Promise.withResolvers<ExecuteReply>();
  // Whoever only iterates learns of a failure from the iterator.
  reply.promise.catch(() => {});
  let queue: KernelMessage[] = [];
  let queuedBytes = 0;
  let wake: (() => void) | null = null;
  let silence: NodeJS.Timeout | undefined;
  let reading: "not-yet" | "now" | "no-more" = "not-yet";
  let isBacklogged = false;
  let isIdle = false;
  let hasReply = false;
  let loss: LossReason | null = null;
  let failure: Error | null = null;

  const isOver = (): boolean => failure !== null || (isIdle && hasReply);
  const settle = (): void => {
    wake?.();
    clearTimeout(silence);
    if (isOver()) onOver();
    else if (hasReply && idleTimeoutMs !== undefined) silence = setTimeout(onSilence, idleTimeoutMs);
  };
  const onSilence = (): void => {
    // Where the kernel was asked to wait, it is no wonder that nothing comes.
    if (isBacklogged) return settle();
    loss ??= "idle-missing";
    isIdle = true;
    settle();
  };
  const setBacklog = (isLong: boolean): void => {
    if (isLong === isBacklogged) return;
    isBacklogged = isLong;
    onBacklog(isLong);
  };

  async function* iterate(): AsyncGenerator<KernelMessage, void, void> {
    reading = "now";
    try {
      for (;;) {
        const batch = queue;
        queue = [];
        for (const message of batch) {
          queuedBytes -= messageBytes(message);
          if (queuedBytes < limits.longBytes / 4) setBacklog(false);
          yield message;
        }
        if (queue.length > 0) continue;
        if (failure) throw failure;
        if (isOver()) break;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (loss !== null) throw lossError(loss, msgId);
    } finally {
      reading = "no-more";
      queue = [];
      setBacklog(false);
    }
  }
  const messages = iterate();

  return {
    execution: { msgId, reply: reply.promise, [Symbol.asyncIterator]: () => messages },
    message(message) {
      if (isOver()) return;
      if (message.type === "status" && message.content.execution_state === "idle") isIdle = true;
      const bytes = messageBytes(message);
      if (reading !== "no-more") {
        if (queuedBytes + bytes > limits.mostBytes && message.type !== "status") loss ??= "too-slow";
        else {
          queue.push(message);
          queuedBytes += bytes;
        }
        if (reading === "now" && queuedBytes > limits.longBytes) setBacklog(true);
      }
      settle();
    },
    reply(content) {
      if (isOver()) return;
      hasReply = true;
      reply.resolve(content);
      settle();
    },
    lose(reason) {
      loss ??= reason;
    },
    fail(error) {
      if (isOver()) return;
      failure = error;
      reply.reject(error);
      settle();
    },
  };
}

const WHY: Record<LossReason, string> = {
  "idle-missing": "the kernel replied but never said that it is idle",
  unreadable: "a message of the kernel could not be read",
  disconnected: "the connection for outputs was cut, as a single message over 256 MiB makes it",
  "no-room": "the spool of the kernel host had no room for them",
  "too-slow": "more than 256 MiB of outputs waited for their reader",
};

function lossError(reason: LossReason, msgId: string): KernelError {
  return new KernelError("EXECUTION_OUTPUT_LOST", `outputs are missing: ${WHY[reason]}`, {
    details: { reason, msgId },
  });
}
