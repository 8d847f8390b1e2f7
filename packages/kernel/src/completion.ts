import type { ExecuteReply, KernelMessage } from "@notemill/messaging";

/** Finds out when an execution is over. */
export interface Completion {
  noteMessage(message: KernelMessage): void;
  /** Says that a message of another request came on the way of the outputs: it was sent before what is missing. */
  noteOther(): void;
  noteReply(status: ExecuteReply["status"]): void;
  /** Says that everything has come that was late. */
  noteFlushed(): void;
  /** Says that something was lost, perhaps the idle status. */
  noteLoss(): void;
  /** Stops finding out. */
  stop(): void;
}

/** Whom {@link createCompletion} tells, and how patient it is. */
export interface CompletionOptions {
  /**
   * How long to wait for the idle status once the reply is there and nothing comes any more, of this request or
   * another: what is printed, which may be very much, comes in the order in which it was. Default: for ever.
   */
  readonly idleTimeoutMs?: number | undefined;
  /**
   * Called when reply and idle status are there; the execution then goes on to
   * {@link Completion.noteFlushed}. Default: that is the end of it.
   */
  readonly onIdle?: (() => void) | undefined;
  /** Whether it is by this side's wish that nothing comes. */
  readonly isHeldUp: () => boolean;
  /** Called once. `idle` is `missing` when the idle status should have come and did not. */
  readonly onOver: (idle: "seen" | "missing") => void;
}

/** Some kernels go busy and idle for a request that they drop, others do not mention it. */
const ABORTED_MS = 250;

/** Where messages were lost, the idle status was most likely among them. */
const LOSSY_MS = 1_000;

/** Code of a user may keep a kernel from showing that everything has come. */
const FLUSH_MS = 1_000;

/**
 * Makes a watch over one execution, which is over when both its reply and its idle status have come.
 *
 * These come on two channels, in any order, and outputs may come behind the reply.
 */
export function createCompletion(options: CompletionOptions): Completion {
  const { idleTimeoutMs, onIdle, isHeldUp, onOver } = options;
  let reply: ExecuteReply["status"] | null = null;
  let isBusy = false;
  let isIdle = false;
  let isLossy = false;
  let isFlushing = false;
  let isFlushed = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  const finish = (idle: "seen" | "missing"): void => {
    isStopped = true;
    onOver(idle);
  };
  const wait = (ms: number, idle: "seen" | "missing"): void => {
    timer = setTimeout(() => (isHeldUp() ? wait(ms, idle) : finish(idle)), ms);
  };
  const consider = (): void => {
    clearTimeout(timer);
    if (isStopped || reply === null) return;
    if (isIdle) {
      if (onIdle === undefined || isFlushed) return finish("seen");
      if (!isFlushing) onIdle();
      isFlushing = true;
      wait(FLUSH_MS, "seen");
    } else if (reply === "aborted" && !isBusy) wait(ABORTED_MS, "seen");
    else if (isLossy) wait(LOSSY_MS, "missing");
    else if (idleTimeoutMs !== undefined) wait(idleTimeoutMs, "missing");
  };
  return {
    noteMessage(message) {
      if (message.type === "status") {
        if (message.content.execution_state === "busy") isBusy = true;
        if (message.content.execution_state === "idle") isIdle = true;
      }
      consider();
    },
    noteOther() {
      if (reply !== null && reply !== "aborted" && !isIdle && !isLossy) consider();
    },
    noteReply(status) {
      reply ??= status;
      consider();
    },
    noteFlushed() {
      isFlushed = true;
      consider();
    },
    noteLoss() {
      isLossy = true;
      consider();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
