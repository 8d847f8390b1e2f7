import type { ExecuteReply, KernelMessage } from "@notemill/messaging";
import type { Execution } from "./kernel.ts";

/** The sending end of an {@link Execution}: what came from the kernel goes in here. */
export interface ExecutionSink {
  readonly execution: Execution;
  message(message: KernelMessage): void;
  reply(reply: ExecuteReply): void;
  /** Ends the execution before its time; later calls change nothing. */
  fail(error: Error): void;
}

/**
 * Makes an execution that is over when its reply and its idle status have come.
 *
 * `onOver` is called once, when it is complete or has failed.
 */
export function createExecution(msgId: string, onOver: () => void): ExecutionSink {
  const reply = Promise.withResolvers<ExecuteReply>();
  // Whoever only iterates learns of a failure from the iterator.
  reply.promise.catch(() => {});
  let queue: KernelMessage[] = [];
  let wake: (() => void) | null = null;
  let isIdle = false;
  let hasReply = false;
  let isAbandoned = false;
  let failure: Error | null = null;

  const isOver = () => failure !== null || (isIdle && hasReply);
  const settle = () => {
    wake?.();
    if (isOver()) onOver();
  };
  async function* iterate(): AsyncGenerator<KernelMessage, void, void> {
    try {
      for (;;) {
        const batch = queue;
        queue = [];
        yield* batch;
        if (queue.length > 0) continue;
        if (failure) throw failure;
        if (isOver()) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      isAbandoned = true;
      queue = [];
    }
  }
  const messages = iterate();

  return {
    execution: { msgId, reply: reply.promise, [Symbol.asyncIterator]: () => messages },
    message(message) {
      if (isOver()) return;
      if (!isAbandoned) queue.push(message);
      if (message.type === "status" && message.content.execution_state === "idle") isIdle = true;
      settle();
    },
    reply(content) {
      if (isOver()) return;
      hasReply = true;
      reply.resolve(content);
      settle();
    },
    fail(error) {
      if (isOver()) return;
      failure = error;
      reply.reject(error);
      settle();
    },
  };
}
