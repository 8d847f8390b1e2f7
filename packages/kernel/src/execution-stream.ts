import type { ExecuteReply, KernelMessage } from "@notemill/messaging";
import { createCompletion } from "./completion.ts";
import type { CompletionOptions } from "./completion.ts";
import { KernelError } from "./kernel-error.ts";
import type { Execution } from "./kernel.ts";
import { createMessageQueue } from "./message-queue.ts";
import type { QueueLimits } from "./message-queue.ts";

/** The sending end of an {@link Execution}: what came from the kernel goes in here. */
export interface ExecutionSink {
  readonly execution: Execution;
  message(message: KernelMessage): void;
  /** Says that a message of another request came. */
  other(): void;
  reply(reply: ExecuteReply): void;
  /** Says that everything has come that was late. */
  flushed(): void;
  /** Says that an output did not come through; the iterator tells its reader at the end. */
  lose(reason: LossReason): void;
  /** Ends the execution before its time; later calls change nothing. */
  fail(error: Error): void;
}

/** Why an output is missing. */
export type LossReason = "idle-missing" | "unreadable" | "disconnected" | "too-slow" | "no-room";

/** Whom {@link createExecution} tells, and its limits. */
export interface ExecutionStreamOptions extends Pick<CompletionOptions, "idleTimeoutMs" | "onIdle"> {
  /** Called once, when it is complete or has failed. */
  readonly onOver: () => void;
  /** Called when many messages wait for a reader who is reading (`true`), and when few are left (`false`). */
  readonly onBacklog?: ((isLong: boolean) => void) | undefined;
  readonly limits?: QueueLimits;
}

/** Makes an execution that is over when its reply and its idle status have come. */
export function createExecution(msgId: string, options: ExecutionStreamOptions): ExecutionSink {
  const { onOver, onBacklog, limits, idleTimeoutMs, onIdle } = options;
  const reply = Promise.withResolvers<ExecuteReply>();
  // Whoever only iterates learns of a failure from the iterator.
  reply.promise.catch(() => {});
  let isBacklogged = false;
  let isOver = false;
  let loss: LossReason | null = null;

  const queue = createMessageQueue({
    limits,
    onBacklog(isLong) {
      isBacklogged = isLong;
      onBacklog?.(isLong);
    },
  });
  const finish = (error: Error | null): void => {
    isOver = true;
    completion.stop();
    queue.end(error);
    onOver();
  };
  const completion = createCompletion({
    idleTimeoutMs,
    onIdle,
    isHeldUp: () => isBacklogged,
    onOver(idle) {
      if (idle === "missing") loss ??= "idle-missing";
      finish(loss === null ? null : lossError(loss, msgId));
    },
  });

  return {
    execution: { msgId, reply: reply.promise, [Symbol.asyncIterator]: () => queue.messages },
    message(message) {
      if (isOver) return;
      if (!queue.push(message)) loss ??= "too-slow";
      completion.noteMessage(message);
    },
    other() {
      if (!isOver) completion.noteOther();
    },
    reply(content) {
      if (isOver) return;
      reply.resolve(content);
      completion.noteReply(content.status);
    },
    flushed: () => completion.noteFlushed(),
    lose(reason) {
      if (isOver) return;
      loss ??= reason;
      completion.noteLoss();
    },
    fail(error) {
      if (isOver) return;
      reply.reject(error);
      finish(error);
    },
  };
}

const WHY: Record<LossReason, string> = {
  "idle-missing": "the kernel replied but never said that it is idle",
  unreadable: "a message of the kernel could not be read",
  disconnected: "the connection for outputs was cut, as a single message over 1.25 GiB makes it",
  "no-room": "the spool of the kernel host had no room for them",
  "too-slow": "more than 256 MiB of outputs waited for their reader",
};

function lossError(reason: LossReason, msgId: string): KernelError {
  return new KernelError("EXECUTION_OUTPUT_LOST", `outputs are missing: ${WHY[reason]}`, {
    details: { reason, msgId },
  });
}
