import type { Execution } from "../kernel.ts";

/** How a {@link FlowGate} stops what comes in, and how much it lets lie. */
export interface FlowGateOptions {
  readonly pause: () => void;
  readonly resume: () => void;
  /** Bytes that may wait for whoever iterates over executions. Default 16 MiB. */
  readonly limitBytes?: number;
  /** How long to stay paused while nothing is taken. Default 5,000 ms. */
  readonly patienceMs?: number;
}

/**
 * Holds the messages of a kernel back while those that are here have not been looked at.
 *
 * What iterates over an execution slowly would otherwise fill the memory; what
 * does not iterate is no reason to wait. One that waits, between two messages,
 * for something that would only come behind those held back gets it after all:
 * where nothing is taken for a while, memory is used rather than a hang risked.
 */
export interface FlowGate {
  /** A message of an execution has come. */
  arrived(msgId: string, bytes: number): void;
  /** The same execution, with a look at how it is iterated. */
  watch(execution: Execution): Execution;
  /** Resolves at once, or when what lies here is less. */
  whenOpen(): Promise<void>;
  /** Holds nothing back any more. */
  lift(): void;
}

interface Backlog {
  isIterated: boolean;
  bytes: number;
  readonly sizes: number[];
}

/** Makes a gate that is open. */
export function createFlowGate(options: FlowGateOptions): FlowGate {
  const { pause, resume, limitBytes = 16 << 20, patienceMs = 5_000 } = options;
  const backlogs = new Map<string, Backlog>();
  let opening: PromiseWithResolvers<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  /** Patience is over: stays open until little is left. */
  let isLenient = false;
  let isLifted = false;

  const open = (): void => {
    clearTimeout(timer);
    if (!opening) return;
    opening.resolve();
    opening = null;
    resume();
  };
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isLenient = true;
      open();
    }, patienceMs);
  };
  const weigh = (): void => {
    let bytes = 0;
    for (const backlog of backlogs.values()) if (backlog.isIterated) bytes += backlog.bytes;
    if (bytes <= limitBytes / 2) {
      isLenient = false;
      open();
    } else if (opening) {
      wait();
    } else if (bytes > limitBytes && !isLenient && !isLifted) {
      opening = Promise.withResolvers();
      pause();
      wait();
    }
  };
  return {
    arrived(msgId, bytes) {
      const backlog = backlogs.get(msgId);
      if (!backlog) return;
      backlog.sizes.push(bytes);
      backlog.bytes += bytes;
      if (!opening) weigh();
    },
    watch(execution) {
      const backlog: Backlog = { isIterated: false, bytes: 0, sizes: [] };
      backlogs.set(execution.msgId, backlog);
      const forget = (): void => {
        if (backlogs.get(execution.msgId) === backlog) backlogs.delete(execution.msgId);
        weigh();
      };
      async function* iterate(): ReturnType<Execution[typeof Symbol.asyncIterator]> {
        backlog.isIterated = true;
        try {
          for await (const message of execution) {
            backlog.bytes -= backlog.sizes.shift() ?? 0;
            weigh();
            yield message;
          }
        } finally {
          forget();
        }
      }
      const messages = iterate();
      // Whoever never iterates leaves nothing behind either.
      void execution.reply.then(
        () => backlog.isIterated || forget(),
        () => backlog.isIterated || forget(),
      );
      return {
        msgId: execution.msgId,
        reply: execution.reply,
        [Symbol.asyncIterator]: () => messages,
      };
    },
    whenOpen: () => opening?.promise ?? Promise.resolve(),
    lift() {
      isLifted = true;
      open();
    },
  };
}
